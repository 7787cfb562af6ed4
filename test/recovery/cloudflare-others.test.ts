import type { Estate } from "../../shared/estate";
import { modes, startDrill, type Drill } from "../support/drill";
import { shippedEstate } from "../support/estate";
import { endRightly } from "../support/invariants";

/** A company with a name under another domain and provider, for the day when CloudFlare can't be changed. */
function withBreakGlass(estate: Estate = shippedEstate()): Estate {
  const { service } = estate;
  const servers = [{ address: "127.77.0.54", port: 8053 }];
  return {
    ...estate,
    service: { ...service, breakGlass: { hostname: "shop.example.net", port: service.port, servers } },
  };
}

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

describe("with CloudFlare's API down", () => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode: "straight", estate: withBreakGlass() });
    await drill.advance(31_000);
    drill.company.break("cloudflare-api-down");
  });
  afterEach(() => endRightly(drill));

  it("no plan is made that would change a record", async () => {
    drill.company.break("balancer-host-down");
    await drill.closed();
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "balancer-host-down", outcome: "handed-over", gates: [] });
    expect(incident.outcome).toBe("handed-over");
    expect(incident.timeline.at(-1)?.says).toContain(
      "No step that goes through CloudFlare's API can be in a plan",
    );
  });

  it("says so when the break-glass name fails as well", async () => {
    drill.company.break("edge-and-api-down");
    drill.company.cut("break-glass-dns");
    await drill.closed();
    expect((await drill.incident()).timeline.at(-1)?.says).toContain("does not answer either");
  });

  it("a plan that does not need it is carried out", async () => {
    drill.company.break("api-server-sick");
    await drill.closed();
    expect(await drill.incident()).toMatchObject({ finding: "api-server-sick", outcome: "recovered" });
  });
});
