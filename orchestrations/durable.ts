import type { OrchestrationContext, Task } from "durable-functions";
import type { Activities } from "../activities";
import { textOf } from "../shared/errors";
import { dateOf, plus, type Instant } from "../shared/time";

/**
 * The only file with a bare `yield` and the only use of `Task.any`, because of what the SDK does with
 * them (and because its next major version changes both):
 *
 * 1. A timer or an activity task appears in exactly one `yield`: raced twice it runs twice.
 * 2. There is one live wait for the doorbell. It may be re-raced, since a bell may be lost: whoever
 *    wakes up, by bell or by tick, reads the ledger.
 * 3. A throw is the unknown and is retried; a refusal is a value and is not.
 */
export type Durable = OrchestrationContext["df"];

/** A generator whose `yield*` returns a typed value. */
export type Saga<T> = Generator<Task, T, unknown>;

type Input<N extends keyof Activities> = Parameters<Activities[N]>[0];
type Output<N extends keyof Activities> = Awaited<ReturnType<Activities[N]>>;

const ATTEMPTS = 3;
/** A worker's death looks like a throw. The third death in half an hour stops the whole host, so it is tried once more only (F-43). */
const ATTEMPTS_AFTER_DEATH = 2;
const FIRST_DELAY_MS = 2_000;

/** Calls an activity; safe to retry, because every activity reads before it writes. */
export function* call<N extends keyof Activities>(df: Durable, name: N, input: Input<N>): Saga<Output<N>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (yield df.callActivity(name, input)) as Output<N>;
    } catch (thrown) {
      const died = textOf(thrown, 2_000).includes("exited with code");
      if (attempt >= (died ? ATTEMPTS_AFTER_DEATH : ATTEMPTS)) throw thrown;
    }
    yield* sleep(df, FIRST_DELAY_MS * 2 ** (attempt - 1));
  }
}

/** Calls a child orchestration. It throws when the platform or the child's own code failed it: catch that. */
export function* callChild<T>(df: Durable, name: string, input: object, instance: string): Saga<T> {
  return (yield df.callSubOrchestrator(name, input, instance)) as T;
}

export function now(df: Durable): Instant {
  return df.currentUtcDateTime.toISOString();
}

export function* sleep(df: Durable, ms: number): Saga<void> {
  yield df.createTimer(dateOf(plus(now(df), ms)));
}

/** Waits until the bell rings or the time is up; either way, read the ledger next. */
export type Rest = (ms: number) => Saga<void>;

/** Make one per orchestration: two waits of one name get each other's bells. */
export function doorbell(df: Durable): Rest {
  let bell = df.waitForExternalEvent("bell");
  return function* rest(ms) {
    if (bell.isCompleted) {
      bell = df.waitForExternalEvent("bell");
      return;
    }
    const tick = df.createTimer(dateOf(plus(now(df), ms)));
    const winner = yield df.Task.any([bell, tick]);
    if (winner !== bell) return;
    bell = df.waitForExternalEvent("bell");
    if (!tick.isCompleted) tick.cancel();
  };
}
