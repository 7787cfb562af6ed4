import { diagnose } from "../../activities/diagnose";
import { openIncident } from "../../shared/ledger/incidents";
import { openBench, type Bench } from "../support/company";
import { shippedEstate } from "../support/estate";

/** Two main servers share the load, so that customers meet the sick one only now and then. */
describe("a sick server that half of the customers meet", () => {
  let bench: Bench;
  const fence = { incident: "inc-20260301080000-test", epoch: 1, instance: "inc-20260301080000-test" };
  beforeEach(async () => {
    const estate = shippedEstate();
    estate.servers.push({ name: "api-third", address: "127.77.2.30", port: 8080, role: "main" });
    bench = openBench(estate);
    bench.pass(10_000);
    bench.company.break("api-server-sick");
    bench.pass(60_000);
    const at = bench.world.clock.now();
    await openIncident(bench.world.ledger, { id: fence.incident, scope: "diagnosis", at, because: "a test" });
  });
  afterEach(async () => bench.end());

  it("is likely at the first look, and confirmed at the next by what HAProxy counted in between", async () => {
    const first = await diagnose({ fence }, bench.world);
    expect(first).toMatchObject({ finding: "api-server-sick", confidence: "likely" });
    expect(first.missing.join()).toContain("an earlier look");
    bench.pass(10_000);
    const second = await diagnose({ fence }, bench.world);
    expect(second).toMatchObject({ finding: "api-server-sick", confidence: "confirmed", missing: [] });
    expect(second.evidence.join("\n")).toMatch(/[1-9]\d* answers of 5xx in the last 10 s/);
  });

  it("is not confirmed by the errors of before, when nobody met it since", async () => {
    await diagnose({ fence }, bench.world);
    const again = await diagnose({ fence }, bench.world);
    expect(again.confidence).toBe("likely");
  });
});
