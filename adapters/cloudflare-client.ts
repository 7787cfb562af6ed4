import type * as Sdk from "cloudflare";
import { RecoveryError } from "../shared/errors";
import type { Estate } from "../shared/estate";
import type { Instant } from "../shared/time";
import { cloudflareError, late, limited } from "./cloudflare-errors";
import { paced } from "./cloudflare-pace";
import { within } from "./within";

export type CloudflareOptions = {
  estate: Pick<Estate, "cloudflare">;
  /** Asked for at the first call, so that a missing token fails only what needs it. */
  token: () => string;
  fetch: typeof fetch;
  now?: () => Instant;
};

/** Asks Cloudflare's API something. Whatever fails is thrown as a `RecoveryError` that says what it was. */
export type AskCloudflare = <T>(
  work: (client: Sdk.Cloudflare, signal: AbortSignal) => Promise<T>,
) => Promise<T>;

/** One try, and the orchestration decides about the next: the SDK's own retries repeat a PATCH, and take minutes. */
const DEADLINE_MS = 8_000;

/**
 * The way to Cloudflare's API for everything that asks it: the limit of requests is for all of it together. While
 * the API has told us to wait, nothing is sent, and `CLOUDFLARE_RATE_LIMITED` says until when.
 */
export function cloudflareClient({
  estate,
  token,
  fetch,
  now = () => new Date().toISOString(),
}: CloudflareOptions): AskCloudflare {
  const pace = paced(fetch, now);
  let client: Sdk.Cloudflare | undefined;
  return async (work) => {
    const waitMs = pace.waitMs();
    if (waitMs > 0) throw limited(waitMs);
    client ??= connect(estate.cloudflare.api, token(), pace.fetch);
    const asked = client;
    try {
      return await within(
        DEADLINE_MS,
        () => late(DEADLINE_MS),
        (signal) => work(asked, signal),
      );
    } catch (thrown) {
      throw cloudflareError(thrown);
    }
  };
}

function connect(baseURL: string, apiToken: string, fetch: CloudflareOptions["fetch"]): Sdk.Cloudflare {
  // Half a second to load, so only when it is needed. Not `import()`: jest can't run one without a flag of Node's.
  const sdk = require("cloudflare") as typeof Sdk;
  // Other credentials, if left out, would be taken from the environment and sent along.
  const only = { apiToken, apiKey: null, apiEmail: null, userServiceKey: null };
  return new sdk.Cloudflare({
    ...only,
    baseURL,
    fetch,
    maxRetries: 0,
    timeout: DEADLINE_MS,
    logLevel: "off",
  });
}

/** The SDK sends an empty id without a word, and then the path names something else (`/zones//dns_records`). */
export function checkPath(id: string, what: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
    throw refused(`${what} is ${JSON.stringify(id)}`, "It comes from Cloudflare: 32 hexadecimal digits.");
}

export function refused(says: string, hint: string): RecoveryError {
  return new RecoveryError("RECORD_REFUSED", `No request was sent to Cloudflare: ${says}.`, hint);
}
