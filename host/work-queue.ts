import type { Database } from "./store/database";
import { allActivities } from "./store/activity-rows";
import type { Changes } from "./store/committer";
import { instancesWithDueTimers, instancesWithWork, nextTimer } from "./store/messages";

/** Milliseconds; the longest pause before an instance of a foreign version is looked at again. */
const longestPause = 600_000;

/** What is ready to run, in memory; the state file has the same, and it is read back from there at the start. */
export class WorkQueue {
  readonly #db: Database;
  readonly #ready = new Set<number>();
  readonly #busy = new Set<number>();
  /** Woken while their turn was running. */
  readonly #again = new Set<number>();
  readonly #paused = new Map<number, { until: number; pause: number }>();
  #activities: number[];
  /** The first timer that is not yet known to be due; undefined when there is none. */
  #nextTimer: number | undefined;

  constructor(db: Database, now: number) {
    this.#db = db;
    for (const n of instancesWithWork(db, now)) {
      this.#ready.add(n);
    }
    this.#activities = allActivities(db);
    this.#nextTimer = nextTimer(db, now);
  }

  get activityIds(): readonly number[] {
    return this.#activities;
  }

  /** Takes in what a commit has made runnable. */
  add(changes: Changes): void {
    for (const n of changes.wake) {
      this.#wake(n);
    }
    this.#activities.push(...changes.activities);
    for (const due of changes.timers) {
      this.#nextTimer = Math.min(this.#nextTimer ?? due, due);
    }
  }

  #wake(n: number): void {
    if (this.#busy.has(n)) {
      this.#again.add(n);
    } else if (!this.#paused.has(n)) {
      this.#ready.add(n);
    }
  }

  /** Wants a turn of an instance; false when it is left alone for a while. */
  want(n: number): boolean {
    this.#wake(n);
    return this.#busy.has(n) || this.#ready.has(n);
  }

  /** Makes ready what the time has made due. */
  promote(now: number): void {
    if (this.#nextTimer !== undefined && this.#nextTimer <= now) {
      for (const n of instancesWithDueTimers(this.#db, now)) {
        this.#wake(n);
      }
      this.#nextTimer = nextTimer(this.#db, now);
    }
    for (const [n, { until }] of this.#paused) {
      if (until <= now && !this.#busy.has(n)) {
        this.#ready.add(n);
      }
    }
  }

  /** The next instance whose turn may run; it is busy until `turnEnded`. */
  takeTurn(): number | undefined {
    for (const n of this.#ready) {
      this.#ready.delete(n);
      this.#busy.add(n);
      return n;
    }
    return undefined;
  }

  /** A rejected instance is left alone for a while, twice as long each time. */
  turnEnded(n: number, result: "done" | "rejected" | "failed", now: number): void {
    this.#busy.delete(n);
    if (result === "rejected") {
      const pause = Math.min(2 * (this.#paused.get(n)?.pause ?? 1000), longestPause);
      this.#paused.set(n, { until: now + pause, pause });
      this.#again.delete(n);
      return;
    }
    this.#paused.delete(n);
    if (this.#again.delete(n) || result === "failed") {
      this.#ready.add(n);
    }
  }

  /** Leaves an instance alone until an instant, with what has come for it. */
  putOff(n: number, until: number): void {
    this.#busy.delete(n);
    this.#again.delete(n);
    this.#ready.delete(n);
    this.#paused.set(n, { until, pause: 1000 });
  }

  /** The instances whose turns are running or ready. */
  get turnsInHand(): number[] {
    return [...this.#busy, ...this.#ready];
  }

  takeActivity(): number | undefined {
    return this.#activities.shift();
  }

  putBack(activity: number): void {
    this.#activities.unshift(activity);
  }

  /** When something becomes due, in milliseconds: `now` when something is. */
  nextDue(now: number): number | undefined {
    if (this.#ready.size > 0 || this.#activities.length > 0) {
      return now;
    }
    const next = this.nextPromotion();
    return next === undefined ? undefined : Math.max(now, next);
  }

  /** When `promote` makes something ready, in milliseconds; may be past. What is ready or busy already is not meant. */
  nextPromotion(): number | undefined {
    const dues = this.#nextTimer === undefined ? [] : [this.#nextTimer];
    for (const [n, { until }] of this.#paused) {
      if (!this.#ready.has(n) && !this.#busy.has(n)) {
        dues.push(until);
      }
    }
    return dues.length === 0 ? undefined : Math.min(...dues);
  }
}
