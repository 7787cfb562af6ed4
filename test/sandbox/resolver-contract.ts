import { deadAddress } from "../../sandbox/parts";
import type { Probe, ProbeResult } from "../../shared/probe";
import { eventually, observe, type Body } from "./body";

/** What resolvers promise, in memory and on real sockets alike. Needs two of them in the estate. */
export function resolverContract(name: string, body: () => Body): void {
  test(`${name}: a resolver counts an answer's TTL down, and gives it on after the record has changed`, async () => {
    const company = body();
    await company.reset();
    const first = await asked(company, 0);
    expect(first).toMatchObject({ kind: "resolved", addresses: [edgeOf(company)], ttl: 300 });
    await eventually(company, async () => ttlOf(await asked(company, 0)) < 300, true);
    await company.break("dns-wrong-records", "unproxied");
    expect(await asked(company)).toMatchObject({ addresses: [deadAddress(company.estate)], ttl: 60 });
    expect(await asked(company, 0)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.reset();
  });

  test(`${name}: a resolver that was dead has forgotten; meanwhile customers ask the other one`, async () => {
    const company = body();
    await company.reset();
    expect(await asked(company, 0)).toMatchObject({ addresses: [edgeOf(company)] });
    expect(await asked(company, 1)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.break("healthy", "resolver-dead");
    expect(await asked(company, 0)).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("refused"),
    });
    await eventually(company, async () => (await company.truth()).customers.streak > 2, true);
    await company.break("dns-wrong-records", "unproxied");
    await company.heal("healthy");
    expect(await asked(company, 0)).toMatchObject({ addresses: [deadAddress(company.estate)] });
    expect(await asked(company, 1)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.reset();
  });

  test(`${name}: a silent resolver is not answered for, and remembers all the while`, async () => {
    const company = body();
    await company.reset();
    expect(await asked(company, 0)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.break("healthy", "resolver-silent");
    expect(await asked(company, 0)).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("did not answer"),
    });
    await company.break("dns-wrong-records", "unproxied");
    await company.heal("healthy");
    expect(await asked(company, 0)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.reset();
  });

  test(`${name}: with the name servers dead a resolver gives what it remembers, and says so when that is nothing`, async () => {
    const company = body();
    await company.reset();
    expect(await asked(company, 1)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.break("dns-unanswered", "killed");
    await company.break("healthy", "resolver-dead");
    await company.heal("healthy");
    expect(await asked(company, 0)).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("SERVFAIL"),
    });
    expect(await asked(company, 1)).toMatchObject({ addresses: [edgeOf(company)] });
    await company.heal("dns-unanswered");
    expect(await asked(company, 0)).toMatchObject({ addresses: [edgeOf(company)] });
  });

  test(`${name}: a stranger's 200 is no service to customers`, async () => {
    const company = body();
    await company.reset();
    await company.break("dns-wrong-records", "stranger");
    const { service, dns } = company.estate;
    const probe: Probe = {
      id: "c",
      kind: "customer",
      hostname: service.hostname,
      port: service.port,
      path: service.customerPath,
      dns: dns.servers,
    };
    await eventually(
      company,
      async () => (await observe(company, "warsaw", [probe])).results[0]?.kind,
      "answered",
    );
    const seen = (await observe(company, "warsaw", [probe])).results[0];
    expect(seen).toMatchObject({ kind: "answered", status: 200 });
    expect(seen).not.toHaveProperty("by");
    await eventually(company, async () => (await company.truth()).customers.streak < -2, true);
    await company.reset();
  });
}

/** What the nth resolver says to a vantage; without a number, what the zone's own servers say. */
async function asked(company: Body, resolver?: number): Promise<ProbeResult> {
  const { service, dns } = company.estate;
  const server = resolver === undefined ? dns.servers[0] : dns.resolvers?.[resolver];
  if (server === undefined) throw new Error(`no resolver ${resolver}`);
  const probe: Probe = { id: "d", kind: "dns", hostname: service.hostname, dns: [server] };
  const [result] = (await observe(company, "dublin", [probe])).results;
  if (result === undefined) throw new Error("no answer");
  return result;
}

function ttlOf(result: ProbeResult): number {
  return result.kind === "resolved" ? (result.ttl ?? 0) : 0;
}

function edgeOf(company: Body): string {
  return company.estate.cloudflare.edge?.address ?? "";
}
