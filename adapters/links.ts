import { createHash, createHmac } from "node:crypto";
import { RecoveryError } from "../shared/errors";
import type { LinksPort } from "../shared/world";

const SHORTEST_SECRET = 32;

/**
 * Links to a decision. A token is derived, not stored: the same gate and person give the same link, also
 * in a repeated activity and on another machine, and the ledger keeps only its hash (S-01).
 */
export function hmacLinks({ secret }: { secret: () => string }): LinksPort {
  // The label keeps the two kinds apart: a form's secret is never a link's token, nor the other way round.
  const derive = (label: string, text: string) =>
    createHmac("sha256", longEnough(secret())).update(`switchover ${label} v1\n${text}`).digest("base64url");
  return {
    token: (incident, gate, person) => derive("link", JSON.stringify([incident, gate, person])),
    hashOf: (token) => createHash("sha256").update(token).digest("hex"),
    formToken: (token) => derive("form", token),
  };
}

function longEnough(secret: string): string {
  if (secret.length >= SHORTEST_SECRET) return secret;
  throw new RecoveryError(
    "SECRET_TOO_SHORT",
    `The secret of the approval links has ${secret.length} characters; ${SHORTEST_SECRET} are needed.`,
    "Make one with `openssl rand -hex 32` and put it into SWITCHOVER_LINK_SECRET.",
  );
}
