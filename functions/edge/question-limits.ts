import { between } from "../../shared/time";
import type { Vantage } from "./vantage";

/**
 * Signed questions that one process answers: a busy incident asks one or two a second. Whoever has copied a signed
 * question can repeat it for five minutes, and gets no more looks out of it than this.
 */
export const MOST_QUESTIONS = { atOnce: 8, perMinute: 300 } as const;

const WINDOW_MS = 60_000;
const EPOCH = "1970-01-01T00:00:00.000Z";

type Load = { atOnce: number; window: number; count: number };

const loads = new WeakMap<Vantage, Load>();

/** Does the work, or says in how many seconds it may be asked for again. */
export async function limited<T>(
  vantage: Vantage,
  work: () => Promise<T>,
): Promise<{ done: T } | { waitS: number }> {
  const load = loads.get(vantage) ?? { atOnce: 0, window: 0, count: 0 };
  loads.set(vantage, load);
  const elapsed = between(EPOCH, vantage.clock.now());
  const window = Math.floor(elapsed / WINDOW_MS);
  if (window !== load.window) Object.assign(load, { window, count: 0 });
  if (load.count >= MOST_QUESTIONS.perMinute)
    return { waitS: Math.ceil((WINDOW_MS - (elapsed % WINDOW_MS)) / 1_000) };
  if (load.atOnce >= MOST_QUESTIONS.atOnce) return { waitS: 1 };
  load.count += 1;
  load.atOnce += 1;
  try {
    return { done: await work() };
  } finally {
    load.atOnce -= 1;
  }
}
