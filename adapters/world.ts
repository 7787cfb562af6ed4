import { randomBytes } from "node:crypto";
import { RecoveryError } from "../shared/errors";
import type { Estate } from "../shared/estate";
import type { Ledger } from "../shared/ledger/port";
import type { Clock } from "../shared/time";
import type { BalancerPort, World } from "../shared/world";
import { azureMachines } from "./azure-machines";
import { cloudflareRecords } from "./cloudflare";
import { cloudflareClient } from "./cloudflare-client";
import { cloudflareZone } from "./cloudflare-zone";
import { totpCodes } from "./codes";
import { digest } from "./digest";
import { doorKeys } from "./door-keys";
import { haproxyBalancer, type Exchange } from "./haproxy";
import { hmacLinks } from "./links";
import { estatePager } from "./pager/channels";
import { socketExchange } from "./runtime-api";
import { httpVantage } from "./vantage";

export type WorldOptions = {
  estate: Estate;
  /** Resolves `env:NAME`. Each secret is asked for when it is first needed, so that a missing one fails only that. */
  secrets: (ref: string) => string;
  ledger: Ledger;
  clock?: Clock;
  fetch?: typeof fetch;
  exchange?: Exchange;
  randomBytes?: (size: number) => Uint8Array;
};

const LINK_SECRET = "env:SWITCHOVER_LINK_SECRET";

/** The real outside, or, with the optional parts replaced, the same adapters over a simulated one. */
export function createWorld(options: WorldOptions): World {
  const { estate, secrets, ledger } = options;
  const clock = options.clock ?? realClock;
  const fetch = options.fetch ?? globalThis.fetch;
  const random = options.randomBytes ?? randomBytes;
  const balancers = balancersOf(
    estate,
    options.exchange ?? socketExchange(undefined, doorKeys(estate, secrets)),
  );
  const now = () => clock.now();
  const cloudflare = { estate, token: () => secrets(estate.cloudflare.token), fetch, now };
  const askCloudflare = cloudflareClient(cloudflare);
  return {
    estate,
    clock,
    ledger,
    vantages: estate.vantages.map(({ name, url, secret }) =>
      httpVantage({ name, url, secret: () => secrets(secret), fetch, now }),
    ),
    balancer: (name) => balancers.get(name) ?? unknownBalancer(name),
    machine: azureMachines({ estate, secrets, fetch, now }),
    records: cloudflareRecords(cloudflare, askCloudflare),
    zone: cloudflareZone(cloudflare, askCloudflare),
    pager: estatePager({ estate, secrets, fetch }),
    codes: totpCodes({ estate, secrets, now }),
    links: hmacLinks({ secret: () => secrets(LINK_SECRET) }),
    digest,
    shortId: () => shortId(random),
  };
}

export const realClock: Clock = {
  now: () => new Date().toISOString(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

function balancersOf(estate: Estate, exchange: Exchange): Map<string, BalancerPort> {
  return new Map(
    estate.balancers.map((balancer) => [balancer.name, haproxyBalancer({ balancer, exchange })]),
  );
}

function unknownBalancer(name: string): never {
  throw new RecoveryError(
    "BALANCER_UNKNOWN",
    `There is no balancer "${name}" in the configuration.`,
    "Use a name of balancers[].",
  );
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const ID_LENGTH = 8;

/** Bytes past the last full round of 36 are thrown away: the modulo would make some letters likelier. */
function shortId(random: (size: number) => Uint8Array): string {
  const fair = 256 - (256 % LETTERS.length);
  let id = "";
  while (id.length < ID_LENGTH) {
    for (const byte of random(ID_LENGTH)) {
      if (byte < fair && id.length < ID_LENGTH) id += LETTERS[byte % LETTERS.length];
    }
  }
  return id;
}
