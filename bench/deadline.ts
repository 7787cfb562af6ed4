import { within } from "../adapters/within";

/** Much longer than anything here takes on a slow machine: who waits longer waits for what will not come. */
export const DEADLINE_MS = 120_000;

/** Of a whole round, which has many such waits: seven minutes at most on two slow cores. */
export const ROUND_MS = 30 * 60_000;

/** `what` is a sentence without its end, such as "one-7 did not ask for approval". */
export function inTime<T>(what: string, ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return within(ms, () => new Error(`${what} within ${ms / 1_000} s.`), work);
}
