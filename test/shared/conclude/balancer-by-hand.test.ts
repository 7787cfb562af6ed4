import { look } from "../../../activities/look";
import { conclude } from "../../../shared/conclude/conclude";
import type { Look } from "../../../shared/observation";
import { openBench, type Bench } from "../../support/company";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
  bench.pass(10_000);
});
afterEach(async () => bench.end());

const seen = async (change: (seen: Look) => void = () => undefined) => {
  const now = await look({}, bench.world);
  change(now);
  return conclude(now, bench.estate);
};
const broken = (fault: string, way: string) => {
  bench.company.break(fault, way);
  bench.pass(20_000);
};

it("does not call servers that are just coming up a wrong configuration", async () => {
  broken("balancer-misconfigured", "wrong-servers");
  const rising = await seen(({ views }) => {
    for (const server of views.flatMap((one) => one.servers))
      Object.assign(server, { status: "DOWN 1/2", check: "L7OK" });
  });
  expect(rising.finding).not.toBe("balancer-misconfigured");
});

it("leaves servers that somebody took out, all of them, to whoever did", async () => {
  for (const { name } of bench.estate.servers) bench.company.setServer(name, "maint");
  bench.pass(5_000);
  expect((await seen()).finding).not.toBe("balancer-misconfigured");
});

it("says nothing of a configuration while the servers themselves fail", async () => {
  broken("all-api-servers-down", "killed");
  expect(await seen()).toMatchObject({ finding: "all-api-servers-down" });
});

it("calls a balancer full only when nearly all its connections are taken", async () => {
  broken("balancer-saturated", "held");
  expect(await seen()).toMatchObject({
    finding: "balancer-saturated",
    runnerUp: { finding: "under-attack" },
  });
  const half = await seen(({ views }) => {
    for (const view of views) view.load = { rate: 3, connections: 250, limit: 512 };
  });
  expect(half.finding).toBe("balancer-misconfigured");
  const silent = await seen(({ views }) => {
    for (const view of views) delete view.load;
  });
  expect(silent.finding).toBe("balancer-misconfigured");
});

it("never blames a balancer that the records don't lead to", async () => {
  broken("balancer-misconfigured", "no-servers");
  const elsewhere = await seen((now) => {
    now.records = [{ content: "127.77.2.10", proxied: true }];
  });
  expect(elsewhere.finding).not.toBe("balancer-misconfigured");
});
