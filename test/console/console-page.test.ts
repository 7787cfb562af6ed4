import { consolePage, incidentPage, type ConsoleView } from "../../console";
import { tagsOf, textInside, textOf } from "./markup";
import { NOW, sampleConsole, sampleIncident } from "./samples";

const headings: [string, Partial<ConsoleView>, string][] = [
  ["an open incident", {}, "1 open incident: Balancer host down"],
  ["two open incidents", { open: [sampleIncident(), sampleIncident()] }, "2 open incidents"],
  ["a part down", { open: [] }, "Down: Load balancer"],
  [
    "only a suspicion",
    { open: [], systems: sampleConsole().systems.filter((one) => one.state !== "down") },
    "Suspect: CloudFlare",
  ],
  [
    "all healthy",
    { open: [], systems: sampleConsole().systems.filter((one) => one.state === "healthy") },
    "Everything is healthy",
  ],
  [
    "a silent observer",
    { open: [], systems: [{ system: "dns", state: "unknown", says: "", by: [] }] },
    "Not known: DNS",
  ],
  ["nothing watched", { open: [], systems: [] }, "Nothing is being watched"],
  ["no look yet", { open: [], lastLookAt: null }, "Nobody has looked yet"],
  [
    "an old look",
    { open: [], systems: [], lastLookAt: "2027-03-14T02:11:59.000Z" },
    "Nobody is watching: the last look is old",
  ],
  [
    "a look at an unknown time",
    { open: [], systems: [], lastLookAt: "soon" },
    "Nobody is watching: the last look is old",
  ],
];

test.each(headings)("says of %s", (_case, change, says) => {
  const page = consolePage({ ...sampleConsole(), ...change });
  const tags = tagsOf(page);
  const h1 = tags.findIndex((one) => one.name === "h1");
  expect(textInside(tags, h1)).toBe(says);
  expect(tags[h1]?.attributes.get("aria-live")).toBe("polite");
});

test("writes CloudFlare, DNS and API as people do, also where they begin a finding", () => {
  const titles = (["cloudflare-api-down", "dns-unanswered", "api-server-sick"] as const).map(
    (finding) =>
      /<title>(?<title>[^·]*)/.exec(incidentPage({ ...sampleIncident(), finding }, "Shop Ltd", NOW))
        ?.groups?.["title"],
  );
  expect(titles.map((title) => title?.split(":")[0])).toEqual([
    "CloudFlare API down",
    "DNS unanswered",
    "API server sick",
  ]);
});

test("draws the chain in the order of a request, with what each vantage saw", () => {
  const tags = tagsOf(consolePage(sampleConsole()));
  const names = tags.flatMap((one, i) =>
    one.attributes.get("class")?.startsWith("link ") ? [textInside(tags, i).replace(/\s+/g, " ")] : [],
  );
  expect(names.map((text) => /DNS|CloudFlare|Load balancer|API servers/.exec(text)?.[0])).toEqual([
    "DNS",
    "CloudFlare",
    "Load balancer",
    "API servers",
  ]);
  const text = textOf(consolePage(sampleConsole())).replace(/\s+/g, " ");
  expect(text).toContain("Load balancerDown");
  expect(text).toContain("warsaw sees it down");
  expect(text).toContain("lb-1 could not look");
});

test("shows an open incident's latest sentences, decisions and how far its plan has come", () => {
  const text = textOf(consolePage(sampleConsole())).replace(/\s+/g, " ");
  for (const part of [
    "Approved by cy; one more approval is needed.",
    "3 earlier lines not shown here",
    "1 of 2 approvals",
    "becomes readyDone",
    "Not started",
    "owner ann",
  ]) {
    expect(text).toContain(part);
  }
});

test("posts the stop with a name and a reason", () => {
  const tags = tagsOf(consolePage(sampleConsole()));
  const form = tags.find((one) => one.name === "form" && !one.closes);
  expect([form?.attributes.get("method"), form?.attributes.get("action")]).toEqual(["post", "/api/stop"]);
  expect(tags.filter((one) => one.name === "input").map((one) => one.attributes.get("name"))).toEqual([
    "by",
    "reason",
  ]);
});

test("says who stopped everything, instead of offering to stop it", () => {
  const page = consolePage({
    ...sampleConsole(),
    stop: { by: "Ann Nowak", reason: "A release", at: "2027-03-14T02:01:00.000Z" },
  });
  expect(textOf(page)).toContain("Ann Nowak stopped Switchover 02:01:00 UTC (13 min ago)");
  expect(tagsOf(page).filter((one) => one.name === "form")).toEqual([]);
});

test("stays under 100 kB in a storm of talkative incidents", () => {
  const says = "<".repeat(8_192);
  const incident = sampleIncident();
  const [line] = incident.timeline;
  const [seen] = incident.observations;
  if (!line || !seen) throw new Error("the sample is empty");
  const loud = {
    ...incident,
    timeline: Array.from({ length: 500 }, () => ({ ...line, says: "x".repeat(200) })),
  };
  const open = Array.from({ length: 50 }, () => loud);
  const page = consolePage({ ...sampleConsole(), open, incidents: open });
  expect(Buffer.byteLength(page)).toBeLessThan(100_000);
  expect(textOf(page)).toContain("And 45 more, in the list of incidents.");
  expect(
    Buffer.byteLength(incidentPage({ ...loud, observations: [{ ...seen, says }] }, "Shop Ltd", NOW)),
  ).toBeLessThan(100_000);
});

test("tells the whole story of an incident, oldest first", () => {
  const text = textOf(incidentPage(sampleIncident(), "Shop Ltd", NOW)).replace(/\s+/g, " ");
  const [first, last] = [text.indexOf("warsaw got no answer"), text.indexOf("Approved by cy")];
  expect(first).toBeGreaterThan(0);
  expect(last).toBeGreaterThan(first);
  for (const part of [
    "What was changed",
    "lb-1/api-main ready →becomes drain",
    "dublin, what customers get: 522 from the edge",
    "What may be lost",
  ]) {
    expect(text).toContain(part);
  }
});

test("shows a question whose time ran out as that, before the ledger has written it down", () => {
  const late = "2027-03-14T02:50:00.000Z";
  const incident = { ...sampleIncident(), state: "diagnosing" } as const;
  for (const page of [
    incidentPage(incident, "Shop Ltd", late),
    consolePage({ ...sampleConsole(), now: late, open: [incident], incidents: [incident] }),
  ]) {
    const text = textOf(page).replace(/\s+/g, " ");
    expect(text).toContain("Time ran out; nothing was done 1 of 2 approvals");
    expect(text).toContain("02:39:40 UTC (10 min ago)");
    expect(text).not.toMatch(/Waiting for|No answer yet/);
  }
});

test("says how a closed incident ended and how long it took", () => {
  const closed = {
    ...sampleIncident(),
    state: "closed",
    outcome: "recovered",
    closedAt: "2027-03-14T03:20:12.000Z",
  } as const;
  const text = textOf(incidentPage(closed, "Shop Ltd", "2027-03-15T04:00:00.000Z"));
  expect(text).toContain("Recovered");
  expect(text).toContain("2027-03-14 03:20:12 UTC (1 day ago), after 1 h 12 min");
});
