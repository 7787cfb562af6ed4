import { servesTls } from "../shared/certificate";
import type { Estate } from "../shared/estate";
import { authoritativeOf, resolversOf } from "../shared/name-servers";
import { resolveName } from "./resolve";
import { cachingResolver } from "./resolver";
import type { TrueCustomers } from "./types";
import { answeredBy } from "./vantage/look";
import { askHttp, byTls, get, type Talk } from "./wire";

/** How long a customer waits before giving up. */
const PATIENCE_MS = 2_000;

/** The customers: one request a second, by the service's name, through resolvers that keep answers for their TTL. */
export type Customers = { request(): Talk<void>; count(): TrueCustomers; reset(): void };

export function customersOf(estate: Estate, clock: () => number): Customers {
  let count = newCount(clock());
  const resolvers = resolversOf(estate);
  /** Of customers whose estate names no resolver. */
  const own = cachingResolver(authoritativeOf(estate), clock);
  const servers = new Set(estate.servers.map((one) => one.name));

  function* addressNow(): Talk<string | undefined> {
    const { hostname } = estate.service;
    if (resolvers.length === 0) return (yield* own.resolve(hostname, PATIENCE_MS)).addresses[0];
    const found = yield* resolveName(resolvers, hostname, PATIENCE_MS);
    return found.kind === "found" ? found.addresses[0] : undefined;
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
      ...byTls(servesTls(estate), "checked"),
      request: get(service.customerPath, service.hostname),
      connectMs: PATIENCE_MS,
      timeoutMs: PATIENCE_MS,
    });
    const good = reply.kind === "answered" && reply.answer.status >= 200 && reply.answer.status < 300;
    const by = good ? answeredBy(reply.answer.body) : undefined;
    // A stranger's page is no service, however friendly.
    note(counted, by !== undefined && servers.has(by) ? by : undefined);
  }

  return {
    request,
    count: () => ({ ...count }),
    reset() {
      count = newCount(clock());
      own.forget();
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
  count.lastAnsweredBy = by;
}

function newCount(at: number): TrueCustomers {
  return { ok: 0, failed: 0, since: new Date(at).toISOString(), lastAnsweredBy: null, streak: 0 };
}
