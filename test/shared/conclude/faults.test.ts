import { look } from "../../../activities/look";
import { conclude } from "../../../shared/conclude/conclude";
import { openBench, type Bench } from "../../support/company";

/** Each fault in each of its physical ways is broken in the company; the diagnosis sees only what vantages see. */
describe("the diagnosis of a company", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench();
    bench.pass(10_000);
  });
  afterEach(async () => bench.end());

  const diagnosis = async () => conclude(await look({}, bench.world), bench.estate);

  it("that is well says so", async () => {
    expect(await diagnosis()).toMatchObject({ finding: "healthy", missing: [] });
  });

  const ways = [
    ["balancer-process-down", "killed"],
    ["balancer-process-down", "stopped"],
    ["balancer-process-down", "broken"],
    ["balancer-host-down", "powered-off"],
    ["balancer-host-down", "dropped"],
    ["balancer-misconfigured", "no-servers"],
    ["balancer-misconfigured", "wrong-servers"],
    ["balancer-misconfigured", "wrong-port"],
    ["balancer-saturated", "held"],
    ["balancer-saturated", "lowered"],
    ["balancer-host-down", "with-azure"],
    ["api-server-sick", "errors"],
    ["api-server-sick", "slow"],
    ["all-api-servers-down", "killed"],
    ["all-api-servers-down", "powered-off"],
    ["all-api-servers-down", "hung"],
    ["api-server-down", "killed"],
    ["api-server-down", "stopped"],
    ["api-server-down", "powered-off"],
    ["api-server-down", "deallocated"],
    ["api-server-down", "hung"],
    ["observers-suspect", "cut"],
    ["observers-suspect", "blind"],
    ["unclear", "one-vantage-blind"],
    ["unclear", "disagree"],
    ["edge-down", "errors"],
    ["edge-down", "dropped"],
    ["edge-and-api-down", "errors"],
    ["edge-and-api-down", "dropped"],
    ["cloudflare-api-down", "errors"],
    ["cloudflare-api-down", "dropped"],
    ["edge-cannot-reach-origin", "dropped"],
    ["edge-cannot-reach-origin", "refused"],
    ["under-attack", "flood"],
    ["under-attack", "direct"],
    ["dns-unanswered", "dropped"],
    ["dns-unanswered", "killed"],
    ["dns-wrong-records", "typo"],
    ["dns-wrong-records", "unproxied"],
    ["dns-wrong-records", "stranger"],
  ] as const;

  it.each(ways)("with %s, caused by %s, names it", async (fault, way) => {
    bench.company.break(fault, way);
    bench.pass(20_000);
    expect(await diagnosis()).toMatchObject({ finding: fault });
  });

  it.each(ways)("after %s (%s) was healed is well again", async (fault, way) => {
    bench.company.break(fault, way);
    bench.pass(20_000);
    bench.company.heal(fault);
    bench.pass(60_000);
    expect(await diagnosis()).toMatchObject({ finding: "healthy" });
  });
});
