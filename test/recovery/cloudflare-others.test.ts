import { modes, startDrill, type Drill } from "../support/drill";
import { withBreakGlass } from "../support/break-glass";
import { endRightly } from "../support/invariants";

const handedOver = [
  ["edge-and-api-down", "errors", "The break-glass name shop.example.net answers"],
  ["edge-and-api-down", "dropped", "The break-glass name shop.example.net answers"],
  ["cloudflare-api-down", "errors", "nothing at CloudFlare is touched"],
  ["cloudflare-api-down", "dropped", "nothing at CloudFlare is touched"],
  ["edge-cannot-reach-origin", "dropped", "mending either is faster than a bypass"],
  ["edge-cannot-reach-origin", "refused", "mending either is faster than a bypass"],
] as const;

describe.each(modes)("what nobody can mend for CloudFlare, %s", (mode) => {
  let drill: Drill;
  afterEach(() => endRightly(drill));

  it.each(handedOver)("%s, by %s, is handed over with the right sentence", async (fault, way, sentence) => {
    drill = await startDrill({ mode, estate: withBreakGlass() });
    await drill.advance(31_000);
    drill.company.break(fault, way);
    await drill.closed();
    const incident = await drill.incident();
    expect(incident).toMatchObject({
      finding: fault,
      system: "cloudflare",
      outcome: "handed-over",
      gates: [],
    });
    expect(incident.timeline.at(-1)?.says).toContain(sentence);
    for (const { messages } of drill.company.phones())
      expect(messages.some(({ text }) => text.includes(sentence))).toBe(true);
    expect(drill.changes()).toEqual([]);

    // The same condition is one incident; one that is over may come back.
    await drill.advance(120_000);
    expect(await drill.incidents()).toHaveLength(1);
  });
});
