/**
 * How long a recovery may rest, so that resting never looks like being stuck: its sign of life is written
 * by the step after the rest. Milliseconds.
 */

/** What `policy.windows.stalled` is when the file doesn't say. */
export const STALLED_MS = 120_000;

/** Of the time until something counts as stalled, what no rest may use: the step after it, and a timer that comes late. */
const ROOM_MS = 20_000;

export function longestRest(stalled: number): number {
  return stalled - ROOM_MS;
}
