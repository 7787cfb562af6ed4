import { look } from "../../activities/look";
import { candidates } from "../../shared/front-candidates";
import { testEstate } from "../sandbox/estate";
import { openBench, type Bench } from "../support/company";
import { shippedEstate } from "../support/estate";

/** The shipped company, with a second balancer that stands by. */
function withStandby(port: number) {
  const estate = shippedEstate();
  const standby = testEstate().balancers.find((one) => one.standby);
  if (standby === undefined) throw new Error("no standby");
  estate.balancers.push({ ...standby, port });
  return estate;
}

describe("where customers can be led when the balancer is gone", () => {
  let bench: Bench;
  afterEach(async () => bench.end());
  const standby = async () => {
    const seen = await look({}, bench.world);
    return candidates(seen, bench.estate, "lb-1").find((one) => one.kind === "standby balancer")?.fit;
  };

  it("to the standby, while one server behind it serves", async () => {
    bench = openBench(withStandby(shippedEstate().service.port));
    bench.pass(10_000);
    expect(await standby()).toBe(true);
  });

  it("not to a standby that answers 503, with nothing behind it", async () => {
    bench = openBench(withStandby(shippedEstate().service.port));
    bench.company.break("all-api-servers-down");
    bench.pass(20_000);
    expect(await standby()).toBe(false);
  });

  it("not to a standby on another port: a record can't say a port", async () => {
    bench = openBench(withStandby(shippedEstate().service.port + 1));
    bench.pass(10_000);
    expect(await standby()).toBe(false);
  });
});
