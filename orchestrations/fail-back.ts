import type { OrchestrationContext } from "durable-functions";
import { isRefusal } from "../shared/errors";
import { between, plus } from "../shared/time";
import { ask } from "./ask";
import { call, now, type Saga } from "./durable";
import { recovery, type Recovery, type RecoveryInput } from "./journal";
import { watchCustomers } from "./watch-customers";

/** Rounds of one orchestration; then it ends, and the sweep starts the next. A history must not grow for days (F-27). */
const ROUNDS = 200;
/** A slow round is still shorter than what counts as stalled. */
const SLOWEST_MS = 100_000;
const QUICK_ROUNDS = 40;

export type HomeEnding = { kind: "home" | "gone" | "stale" | "next" };

/**
 * Owns what a recovery took out of service, until it is back: waits until the part has been well for a
 * while, asks where going home needs that, puts it back and looks whether customers like it.
 */
export function* failBack(context: OrchestrationContext): Saga<HomeEnding> {
  const on = recovery(context.df, context.df.getInput<RecoveryInput>());
  let wellSince: string | undefined;
  let told = false;
  let asks = 0;
  let askAgainFrom = "";
  for (let round = 0; round < ROUNDS; round++) {
    const seen = yield* call(on.df, "lookAtPart", { fence: on.fence });
    if (seen.kind === "stale") return { kind: "stale" };
    if (seen.kind === "gone") {
      yield* call(on.df, "releaseHome", { fence: on.fence, closed: seen.says, line: on.nextLine() });
      return { kind: "gone" };
    }
    if (seen.kind === "unwell") wellSince = undefined;
    else {
      wellSince ??= now(on.df);
      if (!told)
        yield* call(on.df, "noteHome", {
          fence: on.fence,
          line: on.nextLine(),
          says: `${seen.says} Waiting until it has been so for a while.`,
        });
      told = true;
      if (between(wellSince, now(on.df)) >= on.windows.wellFor && now(on.df) >= askAgainFrom) {
        asks += 1;
        const went = yield* goHome(on, on.fence.epoch * ROUNDS + asks);
        if (went === "home" || went === "stale") return { kind: went };
        // Asked and not granted: people know, and are left alone for a while.
        askAgainFrom = went === "declined" ? plus(now(on.df), on.windows.escalate) : askAgainFrom;
        wellSince = undefined;
      }
    }
    yield* on.rest(
      round < QUICK_ROUNDS ? on.windows.wellEvery : Math.min(SLOWEST_MS, on.windows.wellEvery * 4),
    );
  }
  return { kind: "next" };
}

function* goHome(on: Recovery, attempt: number): Saga<"home" | "stale" | "not-yet" | "declined"> {
  const { df, fence } = on;
  const pinned = yield* call(df, "pinHome", { fence, number: attempt });
  if (isRefusal(pinned)) return "stale";
  const { number, hash, steps } = pinned;
  const first = yield* call(df, "takeHomeLease", { fence, number });
  if (first.kind === "stale") return "stale";
  if (first.kind === "busy") return "not-yet";
  if (first.warrant.kind === "gate") {
    // People may take their time; the system's lease must not wait with them.
    yield* call(df, "releaseHome", { fence, closed: null, line: on.nextLine() });
    const answer = yield* ask(on, {
      run: "home",
      text: "The part we took out is well again; going home needs your word.",
      whileHealed: "go-on",
    });
    if (answer.kind !== "granted") return "declined";
    const again = yield* call(df, "takeHomeLease", { fence, number });
    if (again.kind !== "claimed") return again.kind === "stale" ? "stale" : "not-yet";
  }
  for (const step of steps) {
    const applied = yield* call(df, "applyStep", {
      fence,
      run: "home",
      hash,
      step,
      warrant: first.warrant,
      direction: "do",
    });
    if (isRefusal(applied)) {
      yield* call(df, "noteHome", {
        fence,
        line: on.nextLine(),
        says: `Not going home yet: ${applied.says} ${applied.hint}`,
      });
      yield* call(df, "releaseHome", { fence, closed: null, line: on.nextLine() });
      return "not-yet";
    }
    yield* call(df, "noteHome", { fence, line: on.nextLine(), says: `Going home. ${applied.says}` });
  }
  return yield* settle(on, { hash, steps, warrant: first.warrant });
}

/** Customers must like it: two bad looks in a row within the probation, and the part is taken out again. */
function* settle(
  on: Recovery,
  run: { hash: string; steps: string[]; warrant: Parameters<typeof back>[1]["warrant"] },
): Saga<"home" | "not-yet"> {
  const complaint = yield* watchCustomers(on);
  if (complaint !== undefined) return yield* back(on, run, complaint);
  const closed = "Back in service, and customers are served: this item is closed.";
  yield* call(on.df, "releaseHome", { fence: on.fence, closed, line: on.nextLine() });
  return "home";
}

function* back(
  on: Recovery,
  run: { hash: string; steps: string[]; warrant: { kind: "automatic" } | { kind: "gate"; gate: string } },
  says: string,
): Saga<"not-yet"> {
  const { df, fence } = on;
  for (const step of run.steps.toReversed()) {
    yield* call(df, "applyStep", {
      fence,
      run: "home",
      hash: run.hash,
      step,
      warrant: run.warrant,
      direction: "undo",
    });
  }
  yield* call(df, "noteHome", {
    fence,
    line: on.nextLine(),
    says: `Customers failed once it was back (${says}); it is out again.`,
  });
  yield* call(df, "releaseHome", { fence, closed: null, line: on.nextLine() });
  return "not-yet";
}
