import { createPublicKey, type KeyObject } from "node:crypto";
import { between, type Instant } from "../../shared/time";

/** The public key of this id, or undefined when the tenant has no such key. Throws when it can't be asked. */
export type SigningKeys = (keyId: string) => Promise<KeyObject | undefined>;

const DEADLINE_MS = 5_000;
/** Entra rolls its keys over without notice; a key that was withdrawn must not count for longer than this. */
const KEPT_FOR = 24 * 3_600_000;
/** Tokens with invented key ids must not make us ask Entra each time. */
const ASK_AGAIN_AFTER = 60_000;
const MOST_BYTES = 256 * 1024;
const MOST_KEYS = 50;

type Kept = { at: Instant; keys: Map<string, KeyObject> };

/**
 * The keys with which a tenant signs its tokens, from its published key set. The address is made of the
 * configured tenant alone: a token names its key, never where to find it (no `jku`, no `x5u`).
 */
export function entraKeys(options: { tenant: string; fetch: typeof fetch; now: () => Instant }): SigningKeys {
  const url = `https://login.microsoftonline.com/${options.tenant}/discovery/v2.0/keys`;
  let kept: Kept | undefined;
  let asking: Promise<Kept> | undefined;
  let askedAt: Instant | undefined;
  const ask = async (): Promise<Kept> => {
    askedAt = options.now();
    asking ??= download(url, options.fetch)
      .then((keys) => (kept = { at: options.now(), keys }))
      .finally(() => (asking = undefined));
    return await asking;
  };
  return async (keyId) => {
    const now = options.now();
    const valid = kept !== undefined && between(kept.at, now) < KEPT_FOR ? kept : undefined;
    const known = valid?.keys.get(keyId);
    if (known !== undefined) return known;
    if (asking !== undefined) return (await asking).keys.get(keyId);
    const recently = askedAt !== undefined && between(askedAt, now) < ASK_AGAIN_AFTER;
    if (valid === undefined && recently)
      throw new Error(`Entra's keys could not be read; asked at ${askedAt}.`);
    return recently ? undefined : (await ask()).keys.get(keyId);
  };
}

async function download(url: string, fetch: typeof globalThis.fetch): Promise<Map<string, KeyObject>> {
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(DEADLINE_MS) });
  if (!answer.ok) throw new Error(`Entra's keys: ${url} answered ${answer.status}.`);
  const text = await answer.text();
  if (text.length > MOST_BYTES) throw new Error(`Entra's keys: ${url} answered ${text.length} characters.`);
  const { keys } = JSON.parse(text) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new Error(`Entra's keys: ${url} answered no list of keys.`);
  return new Map(keys.slice(0, MOST_KEYS).flatMap(keyOf));
}

type Jwk = { kid?: unknown; kty?: unknown; use?: unknown; n?: unknown; e?: unknown };

function keyOf(value: unknown): [string, KeyObject][] {
  const { kid, kty, use, n, e } = (typeof value === "object" && value !== null ? value : {}) as Jwk;
  if (typeof kid !== "string" || kty !== "RSA" || typeof n !== "string" || typeof e !== "string") return [];
  if (use !== undefined && use !== "sig") return [];
  try {
    return [[kid, createPublicKey({ key: { kty, n, e }, format: "jwk" })]];
  } catch {
    return [];
  }
}
