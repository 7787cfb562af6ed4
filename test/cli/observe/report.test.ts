import { noLedger } from "../../../adapters/ledger/none";
import { readOnlyWorld } from "../../../adapters/read-only-world";
import { createWorld } from "../../../adapters/world";
import { reportText } from "../../../cli/observe/in-words";
import { observed, type Report } from "../../../cli/observe/report";
import { paintFor } from "../../../cli/observe/terminal";
import { secretsFrom } from "../../../adapters/settings/secrets";
import { openBench, type Bench } from "../../support/company";
import { TEST_SECRETS } from "../../support/estate";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
  bench.pass(31_000);
});
afterEach(async () => {
  expect(bench.company.effects()).toEqual([]);
  await bench.end();
});

/** One report of the bench's company, made with these variables and nothing else. */
async function report(env: Record<string, string> = TEST_SECRETS): Promise<Report> {
  const { estate, company } = bench;
  const secrets = secretsFrom(env, estate);
  const { fetch, runtimeApi: exchange } = company;
  const { clock } = bench.world;
  return await observed(
    readOnlyWorld(createWorld({ estate, secrets, ledger: noLedger, clock, fetch, exchange })),
    env,
  );
}

const text = (of: Report) => reportText(of, paintFor(false));

it("says of a healthy company what each vantage sees, and that all doors open", async () => {
  const healthy = await report();
  expect(healthy.health).toBe("healthy");
  expect(healthy.access.filter((one) => !one.works)).toEqual([]);
  expect(healthy.lacking).toEqual([]);
  expect(text(healthy)).toMatch(/^ {2}ok +customers +warsaw, dublin: answered 200/m);
  expect(text(healthy)).toContain("Nothing, because: Customers are served.");
});

it("says of a dead load balancer which plan it would make, with old and new values, and whom it would ask", async () => {
  bench.company.break("balancer-host-down", "with-azure");
  bench.pass(5_000);
  const broken = await report();
  expect(broken.health).toBe("not-healthy");
  expect(broken.diagnosis).toMatchObject({ finding: "balancer-host-down", target: "lb-1" });
  expect(broken.wouldDo).toMatchObject({
    kind: "plan",
    plan: "bypassDeadBalancer",
    quorum: 1,
    asks: expect.stringContaining("exposing") as string,
    steps: [
      {
        old: "A 127.77.1.10 proxied ttl 1",
        new: "A 127.77.2.20 proxied ttl 1",
        undo: "back to A 127.77.1.10 proxied ttl 1",
        refused: null,
      },
    ],
  });
  const said = text(broken);
  expect(said).toContain("NOT HEALTHY: balancer-host-down of lb-1");
  expect(said).toContain("It could also be balancer-process-down");
  expect(said).toContain("machine is alive");
  expect(said).toContain("A 127.77.1.10 proxied ttl 1 → A 127.77.2.20 proxied ttl 1");
});

it("says of an armed finding that it would begin by itself", async () => {
  bench.company.break("api-server-sick");
  bench.pass(5_000);
  const sick = await report();
  expect(sick.wouldDo).toMatchObject({ kind: "plan", asks: null, steps: [{ old: "ready", new: "drain" }] });
  expect(text(sick)).toContain("It would begin by itself");
});

it("goes on without credentials, names each that is missing, and never a value", async () => {
  const { VANTAGE_SECRET = "", TOTP_BO = "" } = TEST_SECRETS;
  const poor = await report({ VANTAGE_SECRET, TOTP_BO, NAGIOS_WEBHOOK_SECRET: "@Microsoft.KeyVault(x)" });
  expect(poor.health).toBe("healthy");
  expect(poor.records).toBeNull();
  expect(poor.lacking).toEqual(
    expect.arrayContaining([
      { variable: "CLOUDFLARE_API_TOKEN", neededBy: ["cloudflare.token"], says: "is not set" },
      { variable: "TOTP_ANN", neededBy: ["people[0].totp"], says: "is not set" },
      expect.objectContaining({
        variable: "NAGIOS_WEBHOOK_SECRET",
        says: "is a Key Vault reference that Azure could not resolve",
      }),
    ]),
  );
  expect(poor.lacking.map((one) => one.variable)).not.toContain("TOTP_BO");
  const said = text(poor);
  expect(said).toContain("CLOUDFLARE_API_TOKEN is not set");
  expect(said).toContain("NO  CloudFlare's API");
  for (const value of [VANTAGE_SECRET, TOTP_BO, "@Microsoft"]) expect(said).not.toContain(value);
});

it("says once why a vantage is silent, and that nothing can be told", async () => {
  const blind = await report({ ...TEST_SECRETS, VANTAGE_SECRET: "of somebody else" });
  expect(blind.health).toBe("unknown");
  const said = text(blind);
  expect(said).toContain("CAN'T BE TOLD: observers-suspect");
  expect(said.split("VANTAGE_REFUSED")).toHaveLength(3);
  expect(said).toMatch(/not seen +DNS +warsaw, dublin: no answer/);
});

it("says that a second look says otherwise", async () => {
  bench.company.break("balancer-host-down", "with-azure");
  bench.pass(5_000);
  const { clock } = bench.world;
  const sleep = clock.sleep.bind(clock);
  bench.world.clock.sleep = async (ms) => {
    bench.company.heal("balancer-host-down");
    await sleep(ms + 5_000);
  };
  const healed = await report();
  expect(healed).toMatchObject({
    health: "healthy",
    firstLook: expect.stringContaining("balancer-host-down") as string,
  });
  expect(text(healed)).toContain("A look before said otherwise (balancer-host-down:");
});
