import { verify } from "node:crypto";
import { z } from "zod";
import { between, plus, type Instant } from "../../shared/time";
import type { SigningKeys } from "./signing-keys";

/** Who signed in, by the ids that never change: an e-mail address or a name can be given to somebody else. */
export type Identity = { oid: string; authenticatedAt: Instant | null };

export type TokenRules = { tenant: string; audience: string; now: Instant; keys: SigningKeys };

const EPOCH = "1970-01-01T00:00:00.000Z";
/** Between Entra's clock and ours, seconds. An expired token gets none of it. */
const SKEW = 120;
const LONGEST = 16_384;

const seconds = z.int().nonnegative();
const headSchema = z.object({ alg: z.literal("RS256"), kid: z.string().min(1).max(200) });
const claimsSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  tid: z.string(),
  oid: z.guid(),
  exp: seconds,
  nbf: seconds.optional(),
  iat: seconds,
  auth_time: seconds.optional(),
});

/**
 * Verifies an id token of Entra ourselves (S-05): one algorithm, the tenant's own key, and every claim that
 * binds it to this company and this application. Returns the reason, for the log, when it is not believed.
 * Throws when the tenant's keys can't be read.
 */
export async function readIdToken(token: string, rules: TokenRules): Promise<Identity | { wrong: string }> {
  const parts = token.length <= LONGEST && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? token.split(".") : [];
  const [head = "", body = "", signature = ""] = parts;
  const header = headSchema.safeParse(decoded(head));
  if (!header.success) return { wrong: "it is not a token signed by RS256" };
  const key = await rules.keys(header.data.kid);
  if (key === undefined) return { wrong: "the tenant has no such key" };
  const signed = Buffer.from(`${head}.${body}`);
  if (!verify("RSA-SHA256", signed, key, Buffer.from(signature, "base64url")))
    return { wrong: "the signature is not the tenant's" };
  const claims = claimsSchema.safeParse(decoded(body));
  if (!claims.success) return { wrong: "claims are missing" };
  const wrong = wrongClaim(claims.data, rules);
  if (wrong !== undefined) return { wrong };
  const { oid, auth_time: authTime } = claims.data;
  return {
    oid: oid.toLowerCase(),
    authenticatedAt: authTime === undefined ? null : plus(EPOCH, authTime * 1_000),
  };
}

function wrongClaim(claims: z.output<typeof claimsSchema>, rules: TokenRules): string | undefined {
  const tenant = rules.tenant.toLowerCase();
  const now = Math.floor(between(EPOCH, rules.now) / 1_000);
  const issuers = [`https://login.microsoftonline.com/${tenant}/v2.0`, `https://sts.windows.net/${tenant}/`];
  if (claims.tid.toLowerCase() !== tenant || !issuers.includes(claims.iss.toLowerCase()))
    return "it is of another tenant";
  if (claims.aud !== rules.audience) return "it is for another application";
  if (claims.exp <= now) return "it has expired";
  if (Math.max(claims.nbf ?? 0, claims.iat) > now + SKEW) return "it is not valid yet";
  return undefined;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
