import { cachedFor } from "../../shared/cached-for";
import { behindText, resolverEvidence, resolversBehind } from "../../shared/conclude/dns-caches";
import { conclude } from "../../shared/conclude/conclude";
import { authoritativeOf, nameServerQuestions, resolversOf } from "../../shared/name-servers";
import type { Look, Observation, Subject } from "../../shared/observation";
import { ownAnswer } from "../../shared/own-answer";
import type { RecordValue } from "../../shared/plan";
import { shippedEstate } from "../support/estate";

const [zone, second, resolver] = ["192.0.2.1", "192.0.2.2", "192.0.2.61"].map((address) => ({
  address,
  port: 53,
}));
const estateWith = (dns: object) => ({ ...shippedEstate(), dns: { ...shippedEstate().dns, ...dns } });
const must = <T>(value: T | undefined): T => value as T;

describe("who is asked for the name", () => {
  it("is every authoritative server together, each of several alone, and each resolver", () => {
    const estate = estateWith({ servers: [zone, second], resolvers: [resolver] });
    expect(
      nameServerQuestions(estate).map(({ probe }) => [probe.id, probe.kind === "dns" ? probe.dns : []]),
    ).toEqual([
      ["dns", [zone, second]],
      ["name-server 192.0.2.1", [zone]],
      ["name-server 192.0.2.2", [second]],
      ["resolver 192.0.2.61", [resolver]],
    ]);
  });

  it("is also whom the vantages ask, as a resolver, when the zone's own servers are named apart", () => {
    const estate = estateWith({
      servers: [must(resolver)],
      authoritative: [must(zone)],
      resolvers: undefined,
    });
    expect([authoritativeOf(estate), resolversOf(estate)]).toEqual([[zone], [resolver]]);
    expect(resolversOf(estateWith({ servers: [zone], resolvers: undefined }))).toEqual([]);
    expect(resolversOf(estateWith({ servers: [zone], resolvers: [resolver, resolver, zone] }))).toEqual([
      resolver,
    ]);
  });
});

describe("how long resolvers may give the old address", () => {
  const dnsOnly: RecordValue = { type: "A", content: "192.0.2.9", proxied: false, ttl: 60 };
  const cached = (old: RecordValue, value: RecordValue) =>
    cachedFor({ do: "pointRecord", record: "r", hostname: "h", to: "x", old, new: value }) / 1_000;

  it.each<[string, RecordValue, RecordValue, number]>([
    ["its TTL, when the address changes", dnsOnly, { ...dnsOnly, content: "192.0.2.8" }, 60],
    ["300 s, when the TTL is automatic", { ...dnsOnly, ttl: 1 }, { ...dnsOnly, content: "192.0.2.8" }, 300],
    ["300 s, when it was the edge's", { ...dnsOnly, proxied: true, ttl: 1 }, dnsOnly, 300],
    ["its TTL, when the edge's takes its place", dnsOnly, { ...dnsOnly, proxied: true, ttl: 1 }, 60],
    [
      "no time, when it stays the edge's",
      { ...dnsOnly, proxied: true },
      { ...dnsOnly, proxied: true, content: "192.0.2.8" },
      0,
    ],
    ["no time, when only the TTL changes", dnsOnly, { ...dnsOnly, ttl: 300 }, 0],
  ])("%s", (_, old, value, seconds) => {
    expect(cached(old, value)).toBe(seconds);
  });

  it("no time for what is no record", () => {
    expect(cachedFor({ do: "setServerState", balancer: "b", server: "s", old: "ready", new: "drain" })).toBe(
      0,
    );
  });
});

describe("what name servers say in a look", () => {
  const said = (by: string, of: Subject, addresses: string[], ttl?: number): Observation => ({
    by,
    of,
    saw: "healthy",
    says: "",
    answer: { addresses, ...(ttl === undefined ? {} : { ttl }) },
  });
  const silent = (by: string, of: Subject): Observation => ({ by, of, saw: "down", says: "did not answer" });
  const one: Subject = { kind: "resolver", name: "192.0.2.61" };
  const lookWith = (...observations: Observation[]): Look => ({
    at: "2026-03-01T08:00:00.000Z",
    vantages: [
      { name: "warsaw", answered: true },
      { name: "dublin", answered: true },
    ],
    observations,
    views: [],
    records: [{ content: "127.77.1.10", proxied: true }],
  });
  const served = ["warsaw", "dublin"].map(
    (by): Observation => ({ by, of: { kind: "customers" }, saw: "healthy", says: "answered 200" }),
  );

  it("names the resolver that still gives the old address, and for how long at most", () => {
    const now = said("warsaw", { kind: "dns" }, ["192.0.2.8"], 60);
    const behind = resolversBehind(
      lookWith(now, said("warsaw", one, ["192.0.2.9"], 17), said("dublin", one, ["192.0.2.9"], 41)),
    );
    expect(behind.map(behindText)).toEqual(["the resolver 192.0.2.61 still gives 192.0.2.9, for 41 s more"]);
    expect(resolversBehind(lookWith(now, said("warsaw", one, ["192.0.2.9"]))).map(behindText)).toEqual([
      "the resolver 192.0.2.61 still gives 192.0.2.9",
    ]);
  });

  it("calls nobody behind who has the new address, says nothing, or can't be compared", () => {
    const now = said("warsaw", { kind: "dns" }, ["192.0.2.8", "192.0.2.7"]);
    expect(resolversBehind(lookWith(now, said("warsaw", one, ["192.0.2.7"]), silent("dublin", one)))).toEqual(
      [],
    );
    expect(resolversBehind(lookWith(said("warsaw", one, ["192.0.2.9"])))).toEqual([]);
  });

  it("names a resolver that gives no address, and calls the company healthy all the same", () => {
    const seen = lookWith(...served, silent("warsaw", one), silent("dublin", one));
    expect(resolverEvidence(seen)).toEqual([
      "the resolver 192.0.2.61 gives no address (warsaw: did not answer; dublin: did not answer)",
    ]);
    const diagnosis = conclude(seen, shippedEstate());
    expect(diagnosis.finding).toBe("healthy");
    expect(diagnosis.evidence).toContain(resolverEvidence(seen)[0]);
  });

  it("is unanswered DNS also while customers are served from what resolvers remember", () => {
    const dead = ["warsaw", "dublin"].map((by) => silent(by, { kind: "dns" }));
    expect(conclude(lookWith(...served, ...dead), shippedEstate())).toMatchObject({
      finding: "dns-unanswered",
      confidence: "likely",
    });
  });
});

describe("a customer's answer", () => {
  const estate = shippedEstate();
  const ok = { id: "customers", kind: "answered", status: 200, tookMs: 3 } as const;
  const ofCustomers = { kind: "customers" } as const;

  it("of a server that is none of ours is a failure, where ours name themselves", () => {
    expect(ownAnswer(estate, ofCustomers, ok)).toMatchObject({
      kind: "failed",
      reason: expect.stringContaining("named no server"),
    });
    expect(ownAnswer(estate, ofCustomers, { ...ok, by: "parking" })).toMatchObject({
      kind: "failed",
      reason: 'answered 200, but it was by "parking": a stranger',
    });
    expect(ownAnswer(estate, ofCustomers, { ...ok, by: "api-main" })).toMatchObject({ kind: "answered" });
  });

  it("counts as before where they don't, and for what is not good anyway", () => {
    const { answersNameServer: _, ...service } = estate.service;
    expect(ownAnswer({ ...estate, service }, ofCustomers, ok)).toBe(ok);
    const failed = { ...ok, status: 521 };
    expect(ownAnswer(estate, ofCustomers, failed)).toBe(failed);
    expect(ownAnswer(estate, { kind: "edge" }, ok)).toBe(ok);
    expect(ownAnswer(estate, ofCustomers, undefined)).toBeUndefined();
  });
});
