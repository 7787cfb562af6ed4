import { createHmac, timingSafeEqual } from "node:crypto";

/** How old a signed question may be, in seconds, either way: clocks differ. */
export const SIGNATURE_MAX_AGE_S = 300;
export const SIGNATURE_HEADER = "x-switchover-signature";

/** `t=<unix seconds>,v1=<hex HMAC-SHA-256 of "t.body">`, as a vantage wants its questions signed. */
export function signatureOf(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  return `t=${seconds},v1=${macOf(seconds, body, secret)}`;
}

/** Why the question is not to be trusted, or undefined when it is. */
export function signatureFault(
  header: string | undefined,
  body: string,
  secret: string,
  nowMs: number,
): string | undefined {
  if (header === undefined) return `The header ${SIGNATURE_HEADER} is missing.`;
  const [, seconds = "", given = ""] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (given === "") return `The header ${SIGNATURE_HEADER} is not "t=<seconds>,v1=<hex>".`;
  const mac = Buffer.from(macOf(Number(seconds), body, secret), "hex");
  if (!timingSafeEqual(mac, Buffer.from(given, "hex")))
    return "The signature does not fit the body and this vantage's secret.";
  const age = Math.abs(nowMs / 1_000 - Number(seconds));
  return age > SIGNATURE_MAX_AGE_S
    ? `The signature is ${Math.round(age)} s away from this clock.`
    : undefined;
}

function macOf(seconds: number, body: string, secret: string): string {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
}
