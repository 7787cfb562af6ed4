import type { Instant } from "../shared/time";

/** A `fetch` that notes what the API says of its limits, and how long it wants to be left alone. */
export type Paced = { fetch: typeof fetch; waitMs(): number };

/** Cloudflare refuses for five minutes at most. Whatever says longer must not blind us for longer. */
const LONGEST_MS = 300_000;

/**
 * Honours `retry-after` of a 429 (seconds, or a date), and the `ratelimit` header, `"default";r=0;t=30`: no request
 * left for 30 s (draft-ietf-httpapi-ratelimit-headers). Asking on would be refused, and count against everything
 * that the same user does.
 */
export function paced(fetch: typeof globalThis.fetch, now: () => Instant): Paced {
  let until = 0;
  const nowMs = () => Date.parse(now());
  return {
    waitMs: () => Math.max(0, until - nowMs()),
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const waitMs = Math.min(LONGEST_MS, askedToWait(answer, nowMs()));
      if (waitMs > 0) until = nowMs() + waitMs;
      return answer;
    },
  };
}

function askedToWait({ status, headers }: Response, nowMs: number): number {
  if (status === 429) return retryAfterMs(headers.get("retry-after"), nowMs);
  const [, left, reset] = /;\s*r=(\d+)\s*;\s*t=(\d+)/.exec(headers.get("ratelimit") ?? "") ?? [];
  return left === "0" ? Number(reset) * 1_000 : 0;
}

/** 0 when it says nothing that can be read. */
function retryAfterMs(text: string | null, nowMs: number): number {
  if (text === null) return 0;
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs);
}
