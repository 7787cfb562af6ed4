import type { Estate } from "../shared/estate";
import { resolveName } from "./resolve";
import type { TrueCustomers } from "./types";
import { answeredBy } from "./vantage/look";
import { askHttp, get, type Talk } from "./wire";

/** How long a customer waits before giving up. */
const PATIENCE_MS = 2_000;

/** The customers: one request a second, by the service's name, with a resolver that keeps answers for their TTL. */
export type Customers = { request(): Talk<void>; count(): TrueCustomers; reset(): void };

export function customersOf(estate: Estate, clock: () => number): Customers {
  let count = newCount(clock());
  let cached: { address: string; until: number } | undefined;

  function* addressNow(): Talk<string | undefined> {
    if (cached !== undefined && cached.until > clock()) return cached.address;
    cached = undefined;
    const found = yield* resolveName(estate.dns.servers, estate.service.hostname, PATIENCE_MS);
    const address = found.kind === "found" ? found.addresses[0] : undefined;
    if (found.kind === "found" && address !== undefined)
      cached = { address, until: clock() + found.ttl * 1_000 };
    return address;
  }

  function* request(): Talk<void> {
    const counted = count;
    const address = yield* addressNow();
    if (address === undefined) {
      note(counted, undefined);
      return;
    }
    const { service } = estate;
    const reply = yield* askHttp({
      kind: "http",
      address,
      port: service.port,
      request: get(service.customerPath, service.hostname),
      connectMs: PATIENCE_MS,
      timeoutMs: PATIENCE_MS,
    });
    const good = reply.kind === "answered" && reply.answer.status >= 200 && reply.answer.status < 300;
    note(counted, good ? (answeredBy(reply.answer.body) ?? "") : undefined);
  }

  return {
    request,
    count: () => ({ ...count }),
    reset() {
      count = newCount(clock());
      cached = undefined;
    },
  };
}

/** `by`: who answered well; undefined when nobody did. */
function note(count: TrueCustomers, by: string | undefined): void {
  if (by === undefined) {
    count.failed += 1;
    count.streak = Math.min(0, count.streak) - 1;
    return;
  }
  count.ok += 1;
  count.streak = Math.max(0, count.streak) + 1;
  if (by !== "") count.lastAnsweredBy = by;
}

function newCount(at: number): TrueCustomers {
  return { ok: 0, failed: 0, since: new Date(at).toISOString(), lastAnsweredBy: null, streak: 0 };
}
