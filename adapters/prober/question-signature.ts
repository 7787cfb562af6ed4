import { timingSafeEqual } from "node:crypto";
import { between, plus, type Instant } from "../../shared/time";
import { sign } from "../vantage";

export const SIGNATURE_HEADER = "x-switchover-signature";

/** How old a signed question may be, in seconds, either way: clocks differ. */
const MOST_AGE_S = 300;
const EPOCH = "1970-01-01T00:00:00.000Z";

/**
 * Why a question is not believed, or undefined when it is. Without the secret nobody learns more than that; a clock
 * that is off is told, because whoever signed it rightly has the secret and must find out.
 */
export function signatureProblem(
  header: string | null,
  body: string,
  secret: string,
  now: Instant,
): { code: "QUESTION_UNSIGNED" | "QUESTION_STALE"; says: string } | undefined {
  const unsigned = {
    code: "QUESTION_UNSIGNED",
    says: "The question is not signed with this vantage's secret.",
  } as const;
  const [, seconds] = /^t=(\d{1,11}),v1=[0-9a-f]{64}$/.exec(header ?? "") ?? [];
  if (header === null || seconds === undefined) return unsigned;
  const at = plus(EPOCH, Number(seconds) * 1_000);
  const [given, expected] = [Buffer.from(header), Buffer.from(sign(body, secret, at))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return unsigned;
  const age = Math.round(between(at, now) / 1_000);
  if (Math.abs(age) <= MOST_AGE_S) return undefined;
  const says = `The question was signed ${Math.abs(age)} s ${age > 0 ? "before" : "after"} this vantage's clock.`;
  return { code: "QUESTION_STALE", says };
}
