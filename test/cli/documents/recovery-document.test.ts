import { lastRecoveries } from "../../../cli/documents/last-recoveries";
import { recoveryDocument, type RecoveryDocument } from "../../../cli/documents/recovery-document";
import { answers, plans } from "../../../orchestrations/plans";
import type { Estate } from "../../../shared/estate";
import { incidentKey, INCIDENTS } from "../../../shared/ledger/incidents";
import { testEstate } from "../../sandbox/estate";
import { openBench } from "../../support/company";
import { renamedEstate } from "../../support/estate";

const drills = [
  { path: "test/recovery/one.test.ts", text: 'break("balancer-host-down"); outcome: "recovered"' },
  { path: "test/recovery/two.test.ts", text: 'break("api-server-down"); outcome: "recovered"' },
  { path: "test/recovery/six.test.ts", text: 'break("api-server-sick"); outcome: "handed-over"' },
];
const documentOf = (estate: Estate, more: Partial<RecoveryDocument> = {}) =>
  recoveryDocument({ estate, plans, answers, drills, last: null, internal: false, preface: "", ...more });

/** Everything of an estate that customers have no business with. */
function inside({ balancers, servers, vantages, dns, cloudflare, people, baseUrl }: Estate): string[] {
  return [
    ...[...balancers, ...servers, ...dns.servers].map((one) => one.address),
    ...balancers.map((one) => one.runtimeApi),
    ...vantages.map((one) => one.url),
    ...people.flatMap((one) => [one.fullName, one.webhook ?? one.fullName]),
    cloudflare.zone.id,
    baseUrl,
    "env:",
  ];
}

describe.each([
  ["a company with a standby balancer", testEstate()],
  ["a company with every name changed", renamedEstate()],
])("the disaster-recovery document of %s", (_name, estate) => {
  const text = documentOf(estate);

  it("has no address, no person and no credential of the company's inside", () => {
    expect(inside(estate).filter((secret) => text.includes(secret))).toEqual([]);
  });

  it("has addresses and names when it is asked for them, and no credential even then", () => {
    const internal = documentOf(estate, { internal: true });
    for (const { address, name } of [...estate.balancers, ...estate.servers])
      expect(internal).toMatch(new RegExp(`\\| ${name} \\| .* \\| ${address} port`));
    for (const { fullName } of estate.people) expect(internal).toContain(fullName);
    expect(internal).not.toContain("env:");
  });

  it("draws every part", () => {
    for (const { name } of [...estate.balancers, ...estate.servers, ...estate.vantages])
      expect(text).toContain(`part_${name.replaceAll("-", "_")}["${name}: `);
  });

  it("says of each plan what is done, who decides, and what has proved it", () => {
    for (const plan of plans) expect(text).toContain(`### ${plan.title}`);
    expect(text).toContain("| The load balancer is gone | `test/recovery/` one |");
    expect(text).toContain("fails customers | **no drill yet** |");
    expect(text).not.toContain("administrator");
  });

  it("does not claim to look at systems of which the company has named no part", () => {
    expect(text).toContain("because it is not looked at: database, storage, workers.");
    expect(text).not.toContain("database corrupt");
  });
});

it("draws a standby balancer as what takes over", () => {
  expect(documentOf(testEstate())).toContain("cloudflare -.-> part_lb_2");
});

it("says when a plan can take longer than its objective with the company's windows", () => {
  const windows = { ...testEstate().policy.windows, probation: 3_600_000 };
  const estate = testEstate();
  expect(documentOf({ ...estate, policy: { ...estate.policy, windows } })).toContain("**(too long)**");
});

it("tells from the company's own ledger when it last recovered, and that it never did", async () => {
  const bench = openBench();
  const row = (id: string, outcome: string, closedAt: string) => ({
    put: incidentKey(id),
    value: { id, finding: "balancer-host-down", outcome, closedAt },
  });
  await bench.world.ledger.commit(INCIDENTS, [
    row("inc-20260101000000-a", "recovered", "2026-01-01T00:10:00.000Z"),
    row("inc-20260201000000-b", "recovered", "2026-02-01T00:10:00.000Z"),
    row("inc-20260301000000-c", "handed-over", "2026-03-01T00:10:00.000Z"),
  ]);
  const last = await lastRecoveries(bench.world.ledger);
  await bench.end();
  const text = documentOf(testEstate(), { last });
  expect(text).toContain("| The load balancer is gone | `test/recovery/` one | 2026-02-01 |");
  expect(text).toContain("| **no drill yet** | never yet |");
  expect(documentOf(testEstate())).toContain("because no ledger of a company was looked at");
});
