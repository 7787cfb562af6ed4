import { cachingResolver, type CachingResolver } from "../../sandbox/resolver";
import { runNow, type Call, type DnsReply } from "../../sandbox/wire";
import { memoryBody, type Body } from "./body";
import { newCompany, pass } from "./clock";
import { testEstate } from "./estate";
import { resolverContract } from "./resolver-contract";

let body: Body;
beforeEach(() => {
  body = memoryBody(testEstate());
});
resolverContract("in memory", () => body);

const upstream = [
  { address: "127.0.0.1", port: 53 },
  { address: "127.0.0.2", port: 53 },
];
const says = (...addresses: string[]): DnsReply => ({
  kind: "resolved",
  rcode: "NOERROR",
  addresses,
  ttl: 30,
  tookMs: 1,
});
const silent: DnsReply = { kind: "failed", why: "connect-timeout", tookMs: 500 };

describe("a resolver that remembers", () => {
  let now = 0;
  let answers: DnsReply[];
  let calls: Call[];
  let resolver: CachingResolver;
  beforeEach(() => {
    [now, answers, calls] = [1_000_000, [], []];
    resolver = cachingResolver(upstream, () => now);
  });
  const ask = (name = "shop.example.com") =>
    runNow(resolver.resolve(name, 1_000), (call) => {
      calls.push(call);
      return answers.shift() ?? silent;
    });

  it("asks again only when the TTL is over, to the millisecond", () => {
    answers = [says("127.0.0.9"), says("127.0.0.8")];
    expect(ask()).toMatchObject({ addresses: ["127.0.0.9"], ttl: 30 });
    now += 12_500;
    expect(ask("SHOP.example.com.")).toMatchObject({ addresses: ["127.0.0.9"], ttl: 18, tookMs: 0 });
    now += 17_499;
    expect(ask()).toMatchObject({ addresses: ["127.0.0.9"], ttl: 1 });
    expect(calls).toHaveLength(1);
    now += 1;
    expect(ask()).toMatchObject({ addresses: ["127.0.0.8"], ttl: 30 });
  });

  it("remembers for five seconds that there is no such name", () => {
    answers = [{ kind: "resolved", rcode: "NXDOMAIN", addresses: [], ttl: 0, tookMs: 1 }, says("127.0.0.9")];
    expect(ask()).toMatchObject({ rcode: "NXDOMAIN", addresses: [] });
    now += 4_999;
    expect(ask()).toMatchObject({ rcode: "NXDOMAIN" });
    now += 1;
    expect(ask()).toMatchObject({ rcode: "NOERROR", addresses: ["127.0.0.9"] });
  });

  it("asks the second server when the first is silent, and remembers no failure", () => {
    answers = [silent, says("127.0.0.9")];
    expect(ask()).toMatchObject({ addresses: ["127.0.0.9"], tookMs: 501 });
    resolver.forget();
    answers = [silent, silent];
    expect(ask()).toMatchObject({ rcode: "SERVFAIL", tookMs: 1_000 });
    answers = [says("127.0.0.9")];
    expect(ask()).toMatchObject({ rcode: "NOERROR" });
  });
});

test("a change of a record that is not proxied reaches customers when the old TTL is over, not before", () => {
  const company = newCompany();
  const [balancer] = testEstate().balancers;
  company.editRecord("shop.example.com", balancer?.address ?? "", { proxied: false, ttl: 60 });
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(1);
  company.editRecord("shop.example.com", "127.77.1.254");
  pass(company, 59);
  expect(company.truth().customers.streak).toBe(60);
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(-1);
});

test("a change of a proxied record reaches customers at the edge at once, whatever resolvers remember", () => {
  const company = newCompany();
  pass(company, 1);
  company.editRecord("shop.example.com", "127.77.1.254");
  pass(company, 1);
  expect(company.truth().customers.streak).toBe(-1);
});
