import { createServer } from "node:http";
import {
  consolePage,
  gatePage,
  gateGonePage,
  incidentPage,
  liveScript,
  securityHeaders,
  style,
} from "../../../console";
import { NOW, sampleConsole, sampleGateView, sampleIncident } from "../../console/samples";
import { openBrowser } from "./browser";
import { openTab } from "./tab";
test("shots", async () => {
  const v = sampleGateView();
  const pages: Record<string, string> = {
    "/": consolePage(sampleConsole()),
    "/calm": consolePage({
      ...sampleConsole(),
      open: [],
      systems: sampleConsole().systems.map((s) => ({
        ...s,
        state: "healthy",
        by: s.by.map((b) => ({ ...b, saw: "healthy" })),
      })),
      incidents: [],
    }),
    "/stopped": consolePage({
      ...sampleConsole(),
      stop: { by: "Ann Nowak", reason: "A release is going out", at: "2027-03-14T02:01:00Z" },
    }),
    "/gate": gatePage(v),
    "/problem": gatePage({
      ...v,
      problem: { field: "code", says: "That code is wrong or was used already; wait for the next one." },
    }),
    "/voted": gatePage({
      ...v,
      yourVote: {
        person: "bo",
        vote: "approve",
        reason: null,
        at: "2027-03-14T02:14:00.000Z",
        planHash: v.gate.planHash,
      },
    }),
    "/refused": gatePage({
      ...v,
      gate: {
        ...v.gate,
        state: "refused",
        decidedAt: "2027-03-14T02:13:00Z",
        says: "Rejected by bo, so nothing was changed.",
        votes: [
          ...v.gate.votes,
          {
            person: "bo",
            vote: "reject",
            reason: "lb-1 comes back in two minutes",
            at: "2027-03-14T02:13:00Z",
            planHash: v.gate.planHash,
          },
        ],
      },
    }),
    "/gone": gateGonePage({ company: "Shop Ltd", says: "It has expired, or it was never one of ours." }),
    "/incident": incidentPage(sampleIncident(), "Shop Ltd", NOW),
  };
  const server = createServer((req, res) => {
    const url = req.url ?? "";
    for (const [k, val] of Object.entries(securityHeaders())) res.setHeader(k, val);
    const [type, body] =
      url === "/console.css"
        ? ["text/css", style]
        : url === "/console.js"
          ? ["text/javascript", liveScript]
          : ["text/html; charset=utf-8", pages[url]];
    res.setHeader("content-type", type ?? "");
    res.end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((r) => server.once("listening", r));
  const port = (server.address() as { port: number }).port;
  const browser = await openBrowser();
  for (const path of Object.keys(pages))
    for (const [n, w, h, dark] of [
      ["phone", 390, 844, false],
      ["phone-dark", 390, 844, true],
      ["desk", 1280, 900, false],
      ["desk-dark", 1280, 900, true],
    ] as const) {
      const tab = await openTab(browser, { width: w, height: h, dark, mobile: w < 500 });
      await tab.open(`http://127.0.0.1:${port}${path}`);
      await tab.picture(`/tmp/shots/${path.slice(1) || "console"}-${n}.png`);
      const wide = await tab.ask("document.documentElement.scrollWidth");
      if (wide !== w) console.log(path, n, "scrollWidth", wide);
      if (tab.complaints().length) console.log(path, n, tab.complaints());
      await tab.close();
    }
  await browser.close();
  server.close();
});
