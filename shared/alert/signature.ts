import { between, plus, type Instant } from "../time";
import { cleanText } from "./clean-text";
import { limits } from "./limits";
import type { AlertProblem } from "./problem";

/**
 * Whether `signature` (base64, without its `v1,`) is the HMAC-SHA-256 of `id.timestamp.body` under
 * one secret. The implementation compares in constant time (adapters/alert-signature.ts).
 */
export type SignatureVerifier = (
  id: string,
  timestamp: string,
  body: Uint8Array,
  signature: string,
) => boolean;

const EPOCH = "1970-01-01T00:00:00.000Z";

/** The three headers of a Standard Webhooks request as they came, and the raw bytes of the body. */
export type SignedRequest = {
  id: string | null;
  timestamp: string | null;
  /** Space-separated list, as after a rotation: `v1,<base64> v1,<base64>`. */
  signatures: string | null;
  body: Uint8Array;
};

/** One verifier for each secret that is valid now: two while a secret is being rotated. */
export type SignatureRules = { now: Instant; secrets: SignatureVerifier[] };

/**
 * Nothing, or why the request is not believed. What is missing and what is wrong get one and the
 * same answer, so that a forger learns nothing; a clock that is off is told, because the sender
 * knows his own timestamp anyway and it is what really happens.
 */
export function verifySignature(request: SignedRequest, rules: SignatureRules): AlertProblem | undefined {
  const { id, timestamp, signatures, body } = request;
  if (!id || !timestamp || !signatures) return unsigned();
  return (
    wrongId(id) ??
    wrongTimestamp(timestamp, rules.now) ??
    wrongSignature(id, timestamp, signatures, body, rules)
  );
}

function wrongId(id: string): AlertProblem | undefined {
  // A dot would let bytes move between the id, the timestamp and the body under one signature.
  if (id.length <= limits.idCharacters && /^[\x21-\x2d\x2f-\x7e]+$/.test(id)) return undefined;
  return {
    status: 400,
    code: "webhook-id",
    says: "The id is not usable.",
    where: "header webhook-id",
    value: cleanText(id, limits.shownCharacters),
    hint: `Use ${limits.idCharacters} printable ASCII characters at most, without blanks and dots.`,
  };
}

function wrongTimestamp(timestamp: string, now: Instant): AlertProblem | undefined {
  const where = "header webhook-timestamp";
  const value = cleanText(timestamp, limits.shownCharacters);
  if (!/^[1-9]\d{0,10}$/.test(timestamp)) {
    const hint = "Send Unix time in whole seconds, as `date +%s` prints it.";
    return {
      status: 400,
      code: "webhook-timestamp",
      says: "The timestamp is not a number of seconds.",
      where,
      value,
      hint,
    };
  }
  const behind = Math.round(between(plus(EPOCH, Number(timestamp) * 1000), now) / 1000);
  if (Math.abs(behind) <= limits.timestampTolerance) return undefined;
  const says = `The timestamp is ${Math.abs(behind)} s ${behind > 0 ? "behind" : "ahead of"} our clock.`;
  const hint = `Sign at each attempt, and keep both clocks right (NTP): ${limits.timestampTolerance} s are allowed.`;
  return { status: 401, code: "webhook-timestamp-stale", says, where, value, hint };
}

function wrongSignature(
  id: string,
  timestamp: string,
  signatures: string,
  body: Uint8Array,
  rules: SignatureRules,
): AlertProblem | undefined {
  const candidates = signatures
    .split(" ")
    .filter((each) => each.startsWith("v1,"))
    .slice(0, limits.signatures);
  const good = candidates.some((each) =>
    rules.secrets.some((matches) => matches(id, timestamp, body, each.slice(3))),
  );
  return good ? undefined : unsigned();
}

function unsigned(): AlertProblem {
  return {
    status: 401,
    code: "webhook-signature",
    says: "The request is not signed by anybody we know.",
    where: "headers webhook-id, webhook-timestamp, webhook-signature",
    hint: "Compare the secret file of the forwarder with the secret of nagios.secret in switchover.yaml; see docs/api-alerts.md.",
  };
}
