import { createHmac, timingSafeEqual } from "node:crypto";
import type { SignatureVerifier } from "../shared/alert/signature";
import { RecoveryError } from "../shared/errors";

/**
 * Verifies the signatures of one secret, which is text as Standard Webhooks has it: `whsec_` and the
 * key in base64, or anything else, whose UTF-8 bytes are the key. A line break around it is left
 * out, because secrets come from files. Throws `ALERT_SECRET` when there is no usable key in it.
 */
export function signatureVerifier(secret: string): SignatureVerifier {
  const key = keyOf(secret);
  return (id, timestamp, body, signature) => {
    const expected = Buffer.from(hmac(key, id, timestamp, body));
    const candidate = Buffer.from(signature);
    // Only the length leaks, and everybody knows it: 44 characters.
    return candidate.length === expected.length && timingSafeEqual(candidate, expected);
  };
}

/** The `webhook-signature` header for a body: `v1,<base64>`. `timestamp`: Unix seconds. */
export function signAlert(secret: string, id: string, timestamp: string, body: string | Uint8Array): string {
  return `v1,${hmac(keyOf(secret), id, timestamp, body)}`;
}

function hmac(key: Buffer, id: string, timestamp: string, body: string | Uint8Array): string {
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
}

function keyOf(secret: string): Buffer {
  const text = secret.replace(/^[\r\n]+|[\r\n]+$/g, "");
  const prefixed = text.startsWith("whsec_");
  const encoded = text.slice("whsec_".length);
  if (prefixed && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) {
    throw new RecoveryError(
      "ALERT_SECRET",
      "What follows whsec_ is not base64.",
      "Make one: echo whsec_$(openssl rand -base64 32)",
    );
  }
  const key = prefixed ? Buffer.from(encoded, "base64") : Buffer.from(text, "utf8");
  if (key.length > 0) return key;
  throw new RecoveryError(
    "ALERT_SECRET",
    "The secret for alerts is empty.",
    "Set it to the text of the forwarder's secret file.",
  );
}
