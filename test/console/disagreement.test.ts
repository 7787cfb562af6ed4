import { consolePage, incidentPage } from "../../console";
import { disagreement } from "../../shared/disagreement";
import type { Observation } from "../../shared/observation";
import { sampleDispute } from "./sample-dispute";
import { NOW, sampleConsole, sampleIncident } from "./samples";

const agreed: Observation[] = [
  { by: "warsaw", of: { kind: "edge" }, saw: "down", says: "refused" },
  { by: "dublin", of: { kind: "edge" }, saw: "down", says: "silent" },
  { by: "switchover", of: { kind: "balancer-view", name: "lb-1" }, saw: "unknown", says: "no answer" },
];

test("what observers saw differently is kept with what each said, and nothing else", () => {
  const { disputes, blind } = disagreement(sampleDispute());
  expect(disputes.map(({ of, seen }) => [of.kind, seen.map(({ by, saw }) => `${by} ${saw}`)])).toEqual([
    ["customers", ["warsaw down", "dublin healthy"]],
    ["edge", ["warsaw down", "dublin healthy"]],
  ]);
  expect(blind).toEqual([{ by: "lisbon", says: expect.stringContaining("did not answer") as string }]);
});

test("observers that see the same, each in their own words, don't disagree", () => {
  expect(disagreement(agreed)).toEqual({ disputes: [], blind: [] });
});

test("one thing that a vantage did not look at is another opinion than that it is well", () => {
  const one: Observation = { by: "warsaw", of: { kind: "edge" }, saw: "unknown", says: "not looked at" };
  const well: Observation[] = ["warsaw", "dublin"].map((by) => ({
    by,
    of: { kind: "dns" },
    saw: "healthy",
    says: "resolves",
  }));
  const other: Observation = { ...one, by: "dublin", saw: "healthy" };
  expect(disagreement([one, other, ...well])).toMatchObject({
    disputes: [{ of: { kind: "edge" } }],
    blind: [],
  });
});

test.each([
  [
    "the console",
    (seen: Observation[]) => consolePage({ ...sampleConsole(), open: [], disagreement: disagreement(seen) }),
  ],
  [
    "an incident's page",
    (seen: Observation[]) => incidentPage({ ...sampleIncident(), observations: seen }, "Shop Ltd", NOW),
  ],
])("%s shows what each vantage saw where they differ, and says nothing where they agree", (_, page) => {
  const disputed = page(sampleDispute());
  const section = /<section class="disputes"[^]*?<\/section>/.exec(disputed)?.[0] ?? "";
  for (const word of [
    "The vantages disagree",
    "warsaw",
    "dublin",
    "no connection within 2000 ms",
    "answered 200 (api-main)",
  ])
    expect(section).toContain(word);
  expect(section).toMatch(/lisbon<\/strong> could look at nothing/);
  expect(section).not.toContain("203.0.113.10");
  expect(page(agreed)).not.toContain("disputes");
});
