import { createHash, timingSafeEqual } from "node:crypto";
import type { HttpRequest } from "@azure/functions";
import { secretsFrom } from "../../adapters/settings/secrets";
import { RecoveryError } from "../../shared/errors";
import { hostOf, isLoopback } from "../../shared/hosts";
import type { SignIn } from "../../shared/proof";
import type { World } from "../../shared/world";
import { signedIn } from "./sign-in";

/**
 * Whom a route answers. There is no default: a route that forgot to say would be open. `anybody`: what a
 * route for everybody does is guarded by something else, a signature or a link and a code.
 */
export type Admits = "anybody" | "operators";

/** Who asks, as far as the route needed to know. `local`: no key is needed on this machine. */
export type Caller =
  | { kind: "anybody" }
  | { kind: "local" }
  | { kind: "key" }
  | ({ kind: "person" } & SignIn);

/** `log`: the reason, where it would help a forger. */
export type NotAdmitted = { status: 401 | 403; code: string; says: string; hint: string; log?: string };

export const KEY_HEADER = "x-switchover-key";

const SHORTEST_KEY = 32;
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Is this an operator: by key, by sign-in, or because Switchover is configured to live on this machine alone? */
export async function admit(request: HttpRequest, world: World): Promise<Caller | NotAdmitted> {
  const { auth } = world.estate;
  const given = request.headers.get(KEY_HEADER);
  if (given !== null && auth.apiKey !== undefined) {
    if (sameSecret(given, apiKey(auth.apiKey, world))) return { kind: "key" };
    return { ...UNKNOWN, code: "WRONG_KEY", says: "This key is not ours." };
  }
  const who = await signedIn(request, world);
  if (who.kind === "person") {
    // The browser sends the session with every request, also with one that another site made it send.
    const ours = SAFE.has(request.method) || request.headers.get("sec-fetch-site") === "same-origin";
    return ours ? who : CROSS_SITE;
  }
  if (who.kind === "stranger") return STRANGER;
  if (isKeyless(request, world)) return { kind: "local" };
  return who.kind === "invalid" ? { ...UNKNOWN, log: who.says } : UNKNOWN;
}

/**
 * A browser says with each request which site made it. One that changes something is ours alone to make,
 * whatever the route: the console on a laptop has no other guard against a page that posts to 127.0.0.1.
 */
export function crossSite(request: HttpRequest): NotAdmitted | undefined {
  const site = request.headers.get("sec-fetch-site");
  if (SAFE.has(request.method) || site === null || site === "same-origin" || site === "none")
    return undefined;
  return CROSS_SITE;
}

const UNKNOWN: NotAdmitted = {
  status: 401,
  code: "NOT_SIGNED_IN",
  says: "This is for operators: it needs a key or a sign-in.",
  hint: `Send the key of auth.apiKey in the header ${KEY_HEADER}, or sign in.`,
};

const STRANGER: NotAdmitted = {
  status: 403,
  code: "NOT_A_PERSON",
  says: "You are signed in, and you are no person of this configuration.",
  hint: "Ask for your object id to be entered as people[].entra.oid.",
};

const CROSS_SITE: NotAdmitted = {
  status: 403,
  code: "CROSS_SITE",
  says: "Another site made your browser send this; nothing was changed.",
  hint: "Open our page yourself and use its form; programs send a key.",
};

/**
 * Decided by the configuration, and never on Azure. The Host header can only close the door: a page whose
 * own name was led to 127.0.0.1 (DNS rebinding) still carries that name.
 */
function isKeyless(request: HttpRequest, world: World): boolean {
  if (!isLoopback(hostOf(world.estate.baseUrl)) || process.env["WEBSITE_INSTANCE_ID"]) return false;
  const host = request.headers.get("host");
  return host === null || (URL.canParse(`http://${host}`) && isLoopback(hostOf(`http://${host}`)));
}

function apiKey(reference: string, world: World): string {
  const key = secretsFrom(process.env, world.estate)(reference);
  if (key.length >= SHORTEST_KEY) return key;
  throw new RecoveryError(
    "SECRET_TOO_SHORT",
    `The key of auth.apiKey has ${key.length} characters; ${SHORTEST_KEY} are needed.`,
    "Make one with `openssl rand -hex 32`.",
  );
}

/** Hashes have one length, so that neither the length nor the first wrong letter shows in the time it takes. */
function sameSecret(given: string, secret: string): boolean {
  const [one, other] = [given, secret].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
