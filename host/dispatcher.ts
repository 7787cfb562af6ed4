import { runActivity } from "./durable/activity";
import type { Engine } from "./durable/engine";
import { runTurn } from "./durable/turn";
import { messageOf } from "./host-error";
import type { Changes } from "./store/committer";
import { hostileActivity, hostileTurn } from "./hostile/fates";
import type { InHand } from "./hostile/in-hand";
import { LateWork } from "./hostile/late-work";
import { dueTimers, runTimer, type TimerTrigger } from "./timers/timer-trigger";
import { WorkQueue } from "./work-queue";

/** The longest pause a Node timer can make, in milliseconds. */
const longestTimer = 2 ** 31 - 1;

/** How long work waits that could not be committed, for instance because the disk is full. Milliseconds. */
const retryPause = 1000;

export type Unit = "turn" | "activity" | "timer-trigger";

/** Runs what is due: by itself when live, one unit at a time on demand when not. */
export class Dispatcher {
  readonly #engine: Engine;
  readonly #timers: TimerTrigger[];
  readonly #queue: WorkQueue;
  readonly #live: boolean;
  readonly #running = { turns: 0, activities: 0 };
  readonly #inFlight = new Set<Promise<void>>();
  /** What a hostile host has made to come back later; always empty in earnest. */
  readonly #late = new LateWork();
  readonly #inHand: InHand;
  #stopped = false;
  #pumping = false;
  #alarm: NodeJS.Timeout | undefined;

  constructor(engine: Engine, timers: TimerTrigger[], live: boolean) {
    this.#engine = engine;
    this.#timers = timers;
    this.#live = live;
    this.#queue = new WorkQueue(engine.db, engine.clock.now());
    engine.results?.takenBy((n) => this.#wantTurn(n));
    this.#inHand = { queue: this.#queue, late: this.#late, live, activities: new Set() };
  }

  /** The activities that a host before this one had not finished. */
  get unfinished(): readonly number[] {
    return this.#queue.activityIds;
  }

  committed(changes: Changes): void {
    this.#queue.add(changes);
    this.wake();
  }

  /** Looks for work soon. */
  wake(): void {
    if (!this.#live || this.#pumping || this.#stopped) {
      return;
    }
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  /** Runs one due unit to its commit; undefined when nothing is due. Rejects when the commit fails. */
  async step(): Promise<Unit | undefined> {
    this.#engine.committer.refuseIfDead();
    const now = this.#engine.clock.now();
    if (now < this.#awayUntil) {
      return undefined;
    }
    this.#queue.promote(now);
    const late = this.#late.take(now);
    if (late) {
      await late();
      return "activity";
    }
    const n = this.#queue.takeTurn();
    if (n !== undefined) {
      await this.#turn(n);
      return "turn";
    }
    const activity = this.#queue.takeActivity();
    if (activity !== undefined) {
      await this.#activity(activity);
      return "activity";
    }
    const [timer] = dueTimers(this.#timers, now, this.#engine);
    if (timer) {
      await runTimer(this.#engine, timer);
      return "timer-trigger";
    }
    return undefined;
  }

  nextDue(): number | undefined {
    const now = this.#engine.clock.now();
    this.#queue.promote(now);
    const dues = this.#timers.filter((one) => !one.running).map((one) => one.next);
    for (const due of [this.#queue.nextDue(now), this.#late.nextDue()]) {
      if (due !== undefined) {
        dues.push(due);
      }
    }
    return dues.length === 0 ? undefined : Math.max(Math.min(...dues), now, this.#awayUntil);
  }

  /** A hostile host's worker has died and is not back yet. */
  get #awayUntil(): number {
    return this.#engine.hostile?.awayUntil ?? 0;
  }

  #wantTurn(n: number): boolean {
    const comes = this.#queue.want(n);
    this.wake();
    return comes;
  }

  /** Starts nothing more. What runs may end and commit. */
  stop(): void {
    this.#stopped = true;
    this.#engine.results?.close();
    clearTimeout(this.#alarm);
  }

  /** Resolves when nothing runs any more, or after `graceMs`. */
  async settle(graceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([grace, Promise.all(this.#inFlight)]);
    clearTimeout(timer);
  }

  #pump(): void {
    if (this.#stopped) {
      return;
    }
    const { maxTurns, maxActivities } = this.#engine.settings;
    const now = this.#engine.clock.now();
    if (now < this.#awayUntil) {
      this.#setAlarm();
      return;
    }
    this.#queue.promote(now);
    for (let late = this.#late.take(now); late; late = this.#late.take(now)) {
      this.#track(undefined, late());
    }
    while (this.#running.turns < maxTurns) {
      const n = this.#queue.takeTurn();
      if (n === undefined) {
        break;
      }
      this.#track("turns", this.#turn(n));
    }
    while (this.#running.activities < maxActivities) {
      const activity = this.#queue.takeActivity();
      if (activity === undefined) {
        break;
      }
      this.#track("activities", this.#activity(activity));
    }
    for (const timer of dueTimers(this.#timers, now, this.#engine)) {
      this.#track(undefined, runTimer(this.#engine, timer));
    }
    this.#setAlarm();
  }

  /**
   * Wakes up for whatever comes due next, also for what has come due since the pump looked at the clock: nobody else
   * may wake an idle host. Node's timers may be early: then nothing is due yet, and the alarm is set again.
   * Work that is ready needs no alarm: it waits for a running unit, whose end wakes the dispatcher.
   */
  #setAlarm(): void {
    clearTimeout(this.#alarm);
    const now = this.#engine.clock.now();
    const next = this.#awayUntil > now ? this.#awayUntil : this.#nextAlarm();
    if (next !== undefined) {
      this.#alarm = setTimeout(() => this.#pump(), Math.min(Math.max(next - now, 0), longestTimer));
    }
  }

  #nextAlarm(): number | undefined {
    const dues = this.#timers.filter((one) => !one.running).map((one) => one.next);
    for (const due of [this.#queue.nextPromotion(), this.#late.nextDue()]) {
      if (due !== undefined) {
        dues.push(due);
      }
    }
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  async #turn(n: number): Promise<void> {
    const now = () => this.#engine.clock.now();
    const { hostile } = this.#engine;
    if (hostile && (await hostileTurn(this.#engine, hostile, this.#inHand, n))) {
      return;
    }
    try {
      this.#queue.turnEnded(n, await runTurn(this.#engine, n), now());
    } catch (error) {
      this.#queue.turnEnded(n, "failed", now());
      throw error;
    }
  }

  async #activity(id: number): Promise<void> {
    // A test that owns the clock is not to be cut off by the machine's.
    const timeout = this.#live ? this.#engine.settings.functionTimeoutMs : undefined;
    const { hostile } = this.#engine;
    try {
      await (hostile
        ? hostileActivity(this.#engine, hostile, this.#inHand, { id, timeoutMs: timeout })
        : runActivity(this.#engine, id, timeout));
    } catch (error) {
      this.#queue.putBack(id);
      throw error;
    }
  }

  #track(kind: "turns" | "activities" | undefined, work: Promise<void>): void {
    if (kind) {
      this.#running[kind] += 1;
    }
    const ended = work
      .then(() => this.wake())
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        if (kind) {
          this.#running[kind] -= 1;
        }
        this.#inFlight.delete(ended);
      });
    this.#inFlight.add(ended);
  }

  /** Nothing was written, so the work is still there: it is tried again after a pause. */
  #failed(error: unknown): void {
    if (this.#engine.committer.dead !== undefined || this.#stopped) {
      return;
    }
    const message = `Work could not be committed and is tried again: ${messageOf(error)}`;
    this.#engine.log({ level: "error", category: "host", message });
    setTimeout(() => this.wake(), retryPause);
  }
}
