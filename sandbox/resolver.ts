import type { Endpoint } from "./parts";
import { askDns, type DnsReply, type Talk } from "./wire";

/** What a resolver says. `ttl`: for how many seconds it may still be kept, rounded up. */
export type Resolved = { rcode: string; addresses: string[]; ttl: number };

/** A resolver that remembers, as those of customers do: an answer for its TTL, a name that isn't there for a moment. */
export type CachingResolver = {
  resolve(name: string, timeoutMs: number): Talk<Resolved & { tookMs: number }>;
  forget(): void;
};

/** As the zone's start of authority allows; what could not be learnt is not remembered at all. */
const NEGATIVE_TTL_S = 5;
/** How long a resolver looks for an answer before it says that it found none. */
export const RESOLVER_PATIENCE_MS = 1_000;
const MOST_NAMES = 1_000;

export function cachingResolver(upstream: Endpoint[], clock: () => number): CachingResolver {
  const cache = new Map<string, { rcode: string; addresses: string[]; until: number }>();

  function remembered(name: string): Resolved | undefined {
    const known = cache.get(name);
    if (known === undefined) return undefined;
    const leftMs = known.until - clock();
    if (leftMs > 0) return { ...known, ttl: Math.ceil(leftMs / 1_000) };
    cache.delete(name);
    return undefined;
  }

  function* resolve(asked: string, timeoutMs: number): Talk<Resolved & { tookMs: number }> {
    const name = asked.toLowerCase().replace(/\.$/, "");
    const known = remembered(name);
    if (known !== undefined) return { ...known, tookMs: 0 };
    let tookMs = 0;
    for (const { address, port } of upstream) {
      const each = Math.max(1, Math.floor(timeoutMs / upstream.length));
      const reply = yield* askDns({ kind: "dns", address, port, name, timeoutMs: each });
      tookMs += reply.tookMs;
      if (!isAnswer(reply)) continue;
      const { rcode, addresses } = reply;
      const ttl = addresses.length > 0 ? reply.ttl : NEGATIVE_TTL_S;
      if (cache.size >= MOST_NAMES) cache.clear();
      cache.set(name, { rcode, addresses, until: clock() + ttl * 1_000 });
      return { rcode, addresses, ttl, tookMs };
    }
    return { rcode: "SERVFAIL", addresses: [], ttl: 0, tookMs };
  }

  return { resolve, forget: () => cache.clear() };
}

/** An address, or the word of somebody who has authority that there is none. */
function isAnswer(reply: DnsReply): reply is Extract<DnsReply, { kind: "resolved" }> {
  return reply.kind === "resolved" && (reply.rcode === "NOERROR" || reply.rcode === "NXDOMAIN");
}
