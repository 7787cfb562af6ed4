import { isRefusal } from "../shared/errors";
import type { Pinned } from "../shared/pinned";
import { ask } from "./ask";
import { call, type Saga } from "./durable";
import type { Recovery } from "./journal";
import { PASSES } from "./passing";
import { undoSteps, type Running } from "./undo";
import { watchCustomers } from "./watch-customers";

/** `left`: it is back, customers fail, and it can't be taken out again; people know. */
export type Went = "home" | "stale" | "not-yet" | "declined" | "left";

/** One going home, start to end: the pinned way back, the word of people where it needs one, the steps, the watch. */
export function* goHome(on: Recovery): Saga<Went> {
  const { df, fence } = on;
  const pinned = yield* call(df, "pinHome", { fence });
  if (isRefusal(pinned)) return "stale";
  const { number, hash, steps } = pinned;
  const first = yield* call(df, "takeHomeLease", { fence, number });
  if (first.kind === "stale") return "stale";
  if (first.kind === "busy") return "not-yet";
  if (first.warrant.kind === "gate") {
    // People may take their time; the system's lease must not wait with them.
    yield* release(on);
    const answer = yield* ask(on, {
      run: "home",
      text: "The part we took out is well again; going home needs your word.",
      whileHealed: "go-on",
    });
    if (answer.kind !== "granted") return "declined";
    const again = yield* call(df, "takeHomeLease", { fence, number });
    if (again.kind !== "claimed") return again.kind === "stale" ? "stale" : "not-yet";
  }
  const running: Running = { run: "home", hash, warrant: first.warrant };
  const refused = yield* carryHome(on, running, steps);
  if (refused !== undefined) {
    // What people granted stays granted while it can only wait.
    yield* release(on, PASSES.has(refused) ? undefined : pinned);
    return refused === "NOT_APPROVED" ? "declined" : "not-yet";
  }
  const complaint = yield* watchCustomers(on);
  if (complaint !== undefined) return yield* outAgain(on, running, pinned, complaint);
  yield* close(on, "Back in service, and customers are served: this item is closed.");
  return "home";
}

/** The code of the step that refused, or nothing. */
function* carryHome(on: Recovery, running: Running, steps: string[]): Saga<string | undefined> {
  const { df, fence } = on;
  for (const step of steps) {
    const applied = yield* call(df, "applyStep", { fence, ...running, step, direction: "do" });
    if (isRefusal(applied)) {
      yield* note(on, `Not going home yet: ${applied.says} ${applied.hint}`);
      return applied.refused;
    }
    yield* note(on, `Going home. ${applied.says}`);
  }
  return undefined;
}

/** Customers failed once it was back. Where it can't be taken out again, people must know: nothing of ours watches it any more. */
function* outAgain(on: Recovery, running: Running, pinned: Pinned, complaint: string): Saga<Went> {
  yield* note(on, `Customers failed once it was back (${complaint}); taking it out again.`);
  const { steps } = yield* call(on.df, "stepsInForce", { fence: on.fence, run: "home" });
  const refused = yield* undoSteps(on, running, steps, (says) => note(on, says));
  if (refused === undefined) {
    yield* release(on, pinned);
    return "not-yet";
  }
  const says = `${pinned.target} is back in service, customers fail, and it can't be taken out again: ${refused.says}`;
  const { fence } = on;
  yield* call(on.df, "tell", { fence, roles: "everybody", key: `left-${pinned.number}`, text: says });
  yield* close(on, says);
  return "left";
}

function* note(on: Recovery, says: string): Saga<void> {
  yield* call(on.df, "noteHome", { fence: on.fence, line: on.nextLine(), says });
}

/** Gives the system's lease back; with a plan, that plan is over, and the next going home is another one. */
function* release(on: Recovery, over?: Pinned): Saga<void> {
  const { fence } = on;
  const ended = over === undefined ? {} : { over: over.number };
  yield* call(on.df, "releaseHome", { fence, closed: null, line: on.nextLine(), ...ended });
}

function* close(on: Recovery, closed: string): Saga<void> {
  yield* call(on.df, "releaseHome", { fence: on.fence, closed, line: on.nextLine() });
}
