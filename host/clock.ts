/** Milliseconds since the epoch. Injected, so that a test owns the time. */
export type HostClock = { now(): number };

/**
 * A clock that never goes back: a machine's clock may, and messages are ordered and timers judged by it.
 * A step back freezes the host's time until the machine's clock has caught up.
 */
export function neverBackwards(clock: HostClock): HostClock {
  let latest = 0;
  return {
    now() {
      latest = Math.max(latest, Math.floor(clock.now()));
      return latest;
    },
  };
}

let lastIso = { milliseconds: Number.NaN, text: "" };

/** Many events of a busy host bear the same instant, and making its text is not cheap. */
export function iso(milliseconds: number): string {
  if (lastIso.milliseconds !== milliseconds) {
    lastIso = { milliseconds, text: new Date(milliseconds).toISOString() };
  }
  return lastIso.text;
}
