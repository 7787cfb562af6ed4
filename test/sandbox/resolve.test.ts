import { resolveName } from "../../sandbox/resolve";
import { runNow, type Call, type DnsReply } from "../../sandbox/wire";

const servers = [
  { address: "127.0.0.1", port: 53 },
  { address: "127.0.0.2", port: 53 },
];
const good: DnsReply = { kind: "resolved", rcode: "NOERROR", addresses: ["127.0.0.9"], ttl: 60, tookMs: 1 };
const says = (rcode: string): DnsReply => ({ kind: "resolved", rcode, addresses: [], ttl: 0, tookMs: 1 });
const silent: DnsReply = { kind: "failed", why: "connect-timeout", tookMs: 500 };

/** What is made of the first and the second name server's replies, and who was asked. */
function resolve(first: DnsReply, second: DnsReply) {
  const asked: Call[] = [];
  const network = (call: Call) => {
    asked.push(call);
    return call.address === "127.0.0.1" ? first : second;
  };
  return { found: runNow(resolveName(servers, "shop.example.com", 1_000), network), asked };
}

test("asks the second name server when the first is silent, refuses or fails, each with its share of the time", () => {
  for (const first of [silent, says("REFUSED"), says("SERVFAIL")]) {
    const { found, asked } = resolve(first, good);
    expect(found).toMatchObject({
      kind: "found",
      addresses: ["127.0.0.9"],
      ttl: 60,
      tookMs: first.tookMs + 1,
    });
    expect(asked.map((one) => one.timeoutMs)).toEqual([500, 500]);
  }
});

test("believes the first one that knows the name, or knows that there is none", () => {
  expect(resolve(good, silent).asked).toHaveLength(1);
  const { found, asked } = resolve(says("NXDOMAIN"), good);
  expect(found).toEqual({ kind: "failed", reason: "no such name: shop.example.com", tookMs: 1 });
  expect(asked).toHaveLength(1);
});

test("says why nobody could be asked", () => {
  expect(resolve(silent, silent).found).toEqual({
    kind: "failed",
    reason: "name server 127.0.0.2 did not answer",
    tookMs: 1_000,
  });
  expect(resolve(silent, { ...silent, why: "refused" }).found).toMatchObject({
    reason: "name server 127.0.0.2 refused",
  });
  expect(resolve(says("NOERROR"), good).found).toMatchObject({ reason: "shop.example.com has no address" });
});
