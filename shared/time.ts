/** Instants are ISO-8601 UTC text everywhere but here: only text crosses the durable boundary whole. */
export type Instant = string;

export type Clock = {
  now(): Instant;
  /** Real waiting, for the few seconds between two looks of the timer. Never used by orchestrations. */
  sleep(ms: number): Promise<void>;
};

export function plus(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString();
}

/** Milliseconds from `earlier` to `later`; negative when they are the other way round. */
export function between(earlier: Instant, later: Instant): number {
  return Date.parse(later) - Date.parse(earlier);
}

/** The one way from an instant to a Date: durable timers want one. */
export function dateOf(at: Instant): Date {
  return new Date(at);
}
