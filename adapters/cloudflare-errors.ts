import { RecoveryError } from "../shared/errors";
import { plainText } from "./plain-text";
import { rootCause } from "./root-cause";

/** What of the SDK's errors is used. The rest carries request headers, and with them the token (S-13). */
type SdkError = Error & { status?: number; errors?: { code?: number; message?: string }[] };

const API_IS_DOWN = "If it lasts, Cloudflare's API is down: see www.cloudflarestatus.com.";

const LIMIT_IS_SHARED =
  "The limit counts everything of the same Cloudflare user. Find what else uses it, and wait five minutes.";

export function unclear(what: string): RecoveryError {
  return new RecoveryError(
    "CLOUDFLARE_UNCLEAR_ANSWER",
    `Cloudflare's API gave an answer that can't be relied on: ${what}.`,
    "Nothing is concluded from it. Look at the records in Cloudflare's dashboard.",
  );
}

export function late(ms: number): RecoveryError {
  return new RecoveryError(
    "CLOUDFLARE_UNREACHABLE",
    `Cloudflare's API did not answer within ${ms / 1_000} s.`,
    API_IS_DOWN,
  );
}

/** We were told to wait, and did not ask. */
export function limited(waitMs: number): RecoveryError {
  return new RecoveryError(
    "CLOUDFLARE_RATE_LIMITED",
    `No request was sent: Cloudflare's API wants none for another ${Math.ceil(waitMs / 1_000)} s.`,
    LIMIT_IS_SHARED,
  );
}

/** Names what happened, so that "the API is down" and "our token is wrong" are never the same evidence. */
export function cloudflareError(thrown: unknown): RecoveryError {
  if (thrown instanceof RecoveryError) return thrown;
  const error = thrown as SdkError;
  const { status } = error;
  if (status === undefined) {
    return new RecoveryError(
      "CLOUDFLARE_UNREACHABLE",
      `Cloudflare's API can't be reached: ${plainText(rootCause(error).message, 200)}.`,
      API_IS_DOWN,
    );
  }
  const says = saysOf(error);
  if (status >= 500) {
    return new RecoveryError(
      "CLOUDFLARE_FAILED",
      `Cloudflare's API failed with status ${status}${says}.`,
      API_IS_DOWN,
    );
  }
  if (status === 429) {
    // 1,200 requests in 5 minutes for all tokens of a user together; then everything is refused for 5 minutes.
    return new RecoveryError(
      "CLOUDFLARE_RATE_LIMITED",
      `Cloudflare's API refuses more requests for now${says}.`,
      LIMIT_IS_SHARED,
    );
  }
  if (refusesToken(error)) {
    return new RecoveryError(
      "CLOUDFLARE_TOKEN_REFUSED",
      `Cloudflare's API refuses the token with status ${status}${says}.`,
      "Check that cloudflare.token in the configuration is valid and may edit DNS in cloudflare.zone.",
    );
  }
  return new RecoveryError(
    "CLOUDFLARE_REFUSED",
    `Cloudflare's API refuses the request with status ${status}${says}.`,
    "The record may have been changed or removed by somebody else: read it again.",
  );
}

/** A token that is not accepted is answered with 400 and code 10000 as often as with 401. */
function refusesToken({ status, errors }: SdkError): boolean {
  return (
    status === 401 || status === 403 || (errors ?? []).some(({ code }) => code === 10_000 || code === 9_109)
  );
}

function saysOf({ errors }: SdkError): string {
  const all = (errors ?? []).map(({ code, message }) => `${code ?? "no code"} ${message ?? ""}`.trim());
  return all.length === 0 ? "" : `: ${plainText(all.join("; "), 200)}`;
}
