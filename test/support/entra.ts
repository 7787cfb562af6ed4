import { createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A tenant as it is seen from outside: a published key set, and the tokens it signs. */
export type Entra = {
  tenant: string;
  audience: string;
  /** Answers for the tenant's key set; how often it was asked is counted. */
  fetch: typeof fetch;
  asked: () => number;
  token(claims: Record<string, unknown>, change?: TokenChange): string;
  /** What App Service Authentication adds to the request of somebody who is signed in. */
  headers(oid: string, claims: Record<string, unknown>): Record<string, string>;
  /** The tenant rolls its key over; `old` ones are published on. */
  rollOver(): void;
  down: boolean;
};

export type TokenChange = {
  head?: Record<string, unknown>;
  /** Signed by somebody else's key. */
  forged?: boolean;
  /** HMAC with the public key as the secret: the classical confusion. */
  confused?: boolean;
};

const TENANT = "11111111-2222-4333-8444-555555555555";
const AUDIENCE = "99999999-8888-4777-8666-555555555555";

export function testEntra(): Entra {
  let keys = [madeKey("key-1")];
  let asked = 0;
  const other = madeKey("other");
  const entra: Entra = {
    tenant: TENANT,
    audience: AUDIENCE,
    down: false,
    asked: () => asked,
    fetch: async (input) => {
      asked += 1;
      expect(input instanceof Request ? input.url : input.toString()).toBe(
        `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`,
      );
      if (entra.down) throw new Error("no route to Entra");
      return Response.json({
        keys: keys.map(({ kid, publicKey }) => ({ kid, use: "sig", ...publicKey.export({ format: "jwk" }) })),
      });
    },
    token(claims, change = {}) {
      const key = keys.at(-1) ?? other;
      const head = { alg: "RS256", typ: "JWT", kid: key.kid, ...change.head };
      const body = `${encoded(head)}.${encoded(claims)}`;
      return `${body}.${signature(body, key, change)}`;
    },
    headers: (oid, claims) => ({
      "x-ms-client-principal": Buffer.from(
        JSON.stringify({
          auth_typ: "aad",
          claims: [{ typ: "http://schemas.microsoft.com/identity/claims/objectidentifier", val: oid }],
        }),
      ).toString("base64"),
      "x-ms-token-aad-id-token": entra.token({ ...claims, oid }),
    }),
    rollOver() {
      keys = [...keys, madeKey(`key-${keys.length + 1}`)];
    },
  };
  return entra;

  function signature(body: string, key: Key, change: TokenChange): string {
    if (change.confused === true) {
      const pem = key.publicKey.export({ format: "pem", type: "spki" });
      return createHmac("sha256", pem).update(body).digest("base64url");
    }
    const by = change.forged === true ? other.privateKey : key.privateKey;
    return sign("RSA-SHA256", Buffer.from(body), by).toString("base64url");
  }
}

type Key = { kid: string; publicKey: KeyObject; privateKey: KeyObject };

function madeKey(kid: string): Key {
  return { kid, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

/** The claims of a token that is right at `now`. */
export function goodClaims(now: string): Record<string, unknown> {
  const seconds = Math.floor(Date.parse(now) / 1_000);
  return {
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    aud: AUDIENCE,
    tid: TENANT,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3_600,
    auth_time: seconds - 60,
  };
}
