import type { Estate } from "../shared/estate";
import { COSTLY_PATH } from "./api-server";
import type { Condition } from "./condition";
import { haproxyTimeouts, maxconn } from "./haproxy/stand-in";
import { firstBalancer } from "./parts";
import { resolveName } from "./resolve";
import { askHttp, get, type HttpReply, type Talk, type WireRequest } from "./wire";

/** What the attackers' programs call themselves. */
const AGENT = "flood/1";
const RESOLVE_MS = 2_000;
/** Longer than a balancer keeps anybody waiting. */
const PATIENCE_MS = 15_000;

/** As many a second as keep every connection of a balancer taken, each for as long as it waits for its server. */
export const WAVE = Math.ceil(maxconn / (haproxyTimeouts.serverMs / 1_000));

/** Where this flood goes now. A name is followed wherever it leads: past the edge too, once somebody took it out of the way. */
export function* aimOf(estate: Estate, floods: Condition["floods"]): Talk<string | undefined> {
  if (floods === "nothing") return undefined;
  if (floods === "origin") return firstBalancer(estate).address;
  const found = yield* resolveName(estate.dns.servers, estate.service.hostname, RESOLVE_MS);
  return found.kind === "found" ? found.addresses[0] : undefined;
}

export function attackOnce({ service }: Estate, address: string): Talk<HttpReply> {
  const plain = get(COSTLY_PATH, service.hostname);
  return askHttp({
    kind: "http",
    address,
    port: service.port,
    request: { ...plain, headers: { ...plain.headers, "user-agent": AGENT } },
    connectMs: PATIENCE_MS,
    timeoutMs: PATIENCE_MS,
  });
}

/** One second of a flood. */
export function* wave(estate: Estate, floods: Condition["floods"]): Talk<void> {
  const address = yield* aimOf(estate, floods);
  if (address === undefined) return;
  for (let count = 0; count < WAVE; count += 1) yield* attackOnce(estate, address);
}

/** Would a browser's check stop this one? It stands for the challenge, which customers pass and floods don't. */
export function failsChallenge({ headers }: WireRequest): boolean {
  return headers["user-agent"] === AGENT;
}
