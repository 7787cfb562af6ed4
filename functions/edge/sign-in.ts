import type { HttpRequest } from "@azure/functions";
import { z } from "zod";
import type { SignIn } from "../../shared/proof";
import type { World } from "../../shared/world";
import { readIdToken } from "./id-token";
import { entraKeys, type SigningKeys } from "./signing-keys";

/** What App Service Authentication told us of a request, and what we believe of it. */
export type SignedIn =
  | { kind: "nobody" }
  /** Of the tenant, and no person of the estate. */
  | { kind: "stranger" }
  | ({ kind: "person" } & SignIn)
  /** The headers are there and don't hold. `says` is for the log. */
  | { kind: "invalid"; says: string };

const PRINCIPAL = "x-ms-client-principal";
const ID_TOKEN = "x-ms-token-aad-id-token";
const OBJECT_ID = new Set(["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"]);

let keysOf = new WeakMap<World, SigningKeys>();
let fetchOf: typeof fetch | undefined;

/** Puts another way to Entra's key set in its place, or the real one back. */
export function useKeyFetch(other: typeof fetch | undefined): void {
  fetchOf = other;
  keysOf = new WeakMap();
}

/**
 * Who is signed in. The unsigned header alone is never believed: behind an excluded path, in a slot without
 * authentication or on a laptop anybody can send it. The id token is what counts, verified here, and the
 * header must name the same person. A header that came twice is joined by a comma, which neither can contain.
 */
export async function signedIn(request: HttpRequest, world: World): Promise<SignedIn> {
  const { easyAuth } = world.estate.auth;
  const principal = request.headers.get(PRINCIPAL);
  const token = request.headers.get(ID_TOKEN);
  if (easyAuth === undefined || (principal === null && token === null)) return { kind: "nobody" };
  if (principal === null || token === null)
    return { kind: "invalid", says: "One of the two sign-in headers is missing; is the token store on?" };
  const now = world.clock.now();
  const identity = await readIdToken(token, { ...easyAuth, now, keys: keys(easyAuth.tenant, world) }).catch(
    (thrown: unknown) => ({ wrong: `the tenant's keys can't be read: ${String(thrown).slice(0, 200)}` }),
  );
  if ("wrong" in identity)
    return { kind: "invalid", says: `The id token is not believed: ${identity.wrong}.` };
  if (objectIdOf(principal) !== identity.oid)
    return { kind: "invalid", says: "The two sign-in headers are about different people." };
  const person = world.estate.people.find((one) => one.entra?.oid.toLowerCase() === identity.oid);
  if (person === undefined) return { kind: "stranger" };
  return { kind: "person", person: person.name, authenticatedAt: identity.authenticatedAt };
}

function keys(tenant: string, world: World): SigningKeys {
  const fetch = fetchOf ?? globalThis.fetch;
  const known = keysOf.get(world) ?? entraKeys({ tenant, fetch, now: () => world.clock.now() });
  keysOf.set(world, known);
  return known;
}

const principalSchema = z.object({ claims: z.array(z.object({ typ: z.string(), val: z.string() })) });

function objectIdOf(principal: string): string | undefined {
  if (!/^[A-Za-z0-9+/=_-]{1,65536}$/.test(principal)) return undefined;
  try {
    const parsed = principalSchema.safeParse(JSON.parse(Buffer.from(principal, "base64").toString("utf8")));
    const ids = parsed.data?.claims.filter(({ typ }) => OBJECT_ID.has(typ)).map(({ val }) => val) ?? [];
    return new Set(ids).size === 1 ? ids[0]?.toLowerCase() : undefined;
  } catch {
    return undefined;
  }
}

/** The sign-in as a proof for a form: only when our own page sent it, because the session comes with every request. */
export async function signInProof(request: HttpRequest, world: World): Promise<{ signIn?: SignIn }> {
  if (request.headers.get("sec-fetch-site") !== "same-origin") return {};
  const who = await signedIn(request, world);
  return who.kind === "person" ? { signIn: who } : {};
}
