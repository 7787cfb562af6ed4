import { readText } from "../read-text";
import { rootCause } from "../root-cause";
import { within } from "../within";
import { NotTaken } from "./channel";

export const DEADLINE_MS = 5_000;
const LONGEST_ANSWER = 10_000;

export type Post = {
  fetch: typeof globalThis.fetch;
  url: string;
  body: object;
  /** Whether the answer means that the message was taken; a string says why not. */
  taken: (status: number, body: string) => true | string;
};

/**
 * POSTs JSON and looks at the answer. Throws `NotTaken`. Redirects are not followed: the message and its
 * link would go where nobody configured. What the other side says is not quoted: it may repeat a secret.
 */
export async function postJson({ fetch, url, body, taken }: Post): Promise<void> {
  const late = () => new NotTaken(`no answer within ${DEADLINE_MS / 1_000} s`);
  const init = {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
    redirect: "manual" as const,
  };
  const verdict = await within(DEADLINE_MS, late, async (signal) => {
    try {
      const response = await fetch(url, { ...init, signal });
      return taken(response.status, await readText(response, LONGEST_ANSWER));
    } catch (thrown) {
      // Messages of network errors may quote the address.
      throw new NotTaken(rootCause(thrown).code || "the request failed");
    }
  });
  if (verdict !== true) throw new NotTaken(verdict);
}

/** The address in an environment variable: TLS, because it is a secret and so is the link that it carries. */
export function secretAddress(value: string): string {
  if (URL.canParse(value) && new URL(value).protocol === "https:") return value;
  throw new NotTaken("its webhook is not an address that begins with https://");
}

export function said(status: number): string {
  const meaning: Record<number, string> = {
    401: "it refuses us",
    403: "it refuses us",
    404: "no such webhook",
    410: "it is gone",
    429: "too many messages at once",
  };
  return `the answer was status ${status}${meaning[status] === undefined ? "" : `, ${meaning[status]}`}`;
}
