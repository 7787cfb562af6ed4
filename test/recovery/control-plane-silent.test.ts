import { withBreakGlass } from "../support/break-glass";
import { startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";

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
    expect(await drill.incident()).toMatchObject({ finding: "api-server-sick" });
    expect(drill.changes()).toMatchObject([{ kind: "server-state", old: "ready", new: "drain" }]);
  });
});
