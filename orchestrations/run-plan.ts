import type { OrchestrationContext } from "durable-functions";
import { isRefusal } from "../shared/errors";
import type { Run } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import { between } from "../shared/time";
import { call, now, type Saga } from "./durable";
import { recovery, say, type Recovery, type RecoveryInput } from "./journal";
import { PASSES } from "./passing";
import { undoSteps } from "./undo";
import { watchCustomers } from "./watch-customers";

export type PlanRun = RecoveryInput & {
  run: Run;
  hash: string;
  steps: string[];
  warrant: Warrant;
  touched: boolean;
  /** A person asked for it: it is carried out on a healthy company as well. */
  byHand: boolean;
};

/** What became of a plan. `refused`: a step declined; `touched` then says whether something of ours is in force still. */
export type Execution =
  | { kind: "committed"; says: string }
  | { kind: "healed"; says: string }
  | { kind: "refused"; code: string; says: string; touched: boolean }
  | { kind: "undone"; says: string }
  | { kind: "not-undone"; says: string };

/**
 * One plan, start to end: is it still needed, the steps, verification by the same vantages, probation,
 * then it counts, or it is undone. Registered once per plan, under the plan's name. It may be run again
 * from the start at any time: steps that are in force already are found so.
 */
export function* runPlan(context: OrchestrationContext): Saga<Execution> {
  const input = context.df.getInput<PlanRun>();
  const on = recovery(context.df, input);
  if (!input.touched && !input.byHand) {
    const seen = yield* call(on.df, "diagnose", { fence: on.fence });
    if (seen.finding === "healthy")
      return { kind: "healed", says: `Customers are served again before anything was changed: ${seen.says}` };
  }
  for (const step of input.steps) {
    yield* say(
      on,
      "execute",
      `Step ${step}: checking that the world still is what was approved, then acting.`,
      "executing",
    );
    const { fence, df } = on;
    const applied = yield* call(df, "applyStep", {
      fence,
      run: input.run,
      hash: input.hash,
      step,
      warrant: input.warrant,
      direction: "do",
    });
    if (isRefusal(applied)) {
      yield* say(on, "execute", `Step ${step} was not carried out: ${applied.says} ${applied.hint}`);
      const touched = yield* staysTouched(on, input, applied.refused);
      return { kind: "refused", code: applied.refused, says: applied.says, touched };
    }
    yield* say(on, "execute", applied.says);
  }
  if (!(yield* verify(on))) return yield* undo(on, input);
  if (!(yield* probation(on))) return yield* undo(on, input);
  return { kind: "committed", says: "Customers were served through the whole probation." };
}

/** A platform that was late may leave no time for looks: the window alone never fails a switch. */
const LOOKS_AT_LEAST = 3;

/** Until customers are served twice in a row, as those see it who raised the alarm; or the window is over and they are not. */
function* verify(on: Recovery): Saga<boolean> {
  yield* say(on, "verify", "Looking from every vantage whether customers are served.", "verifying");
  const begun = now(on.df);
  let inARow = 0;
  for (let looks = 1; ; looks++) {
    const seen = yield* call(on.df, "seeCustomers", { fence: on.fence });
    inARow = seen.served ? inARow + 1 : 0;
    if (inARow >= 2) {
      yield* say(on, "verify", `Customers are served: ${seen.says}`);
      return true;
    }
    if (!seen.served && looks >= LOOKS_AT_LEAST && between(begun, now(on.df)) > on.windows.verify) {
      yield* say(on, "verify", `Customers are still not served: ${seen.says}`);
      return false;
    }
    yield* on.rest(on.windows.verifyEvery);
  }
}

function* probation(on: Recovery): Saga<boolean> {
  yield* say(
    on,
    "probation",
    `Watching for ${on.windows.probation / 1_000} s before this counts.`,
    "probation",
  );
  const complaint = yield* watchCustomers(on);
  if (complaint !== undefined) yield* say(on, "probation", `Customers fail again: ${complaint}`);
  return complaint === undefined;
}

/** After a refusal: takes back what was done before it, unless it is to go on later. Is anything left in force? */
function* staysTouched(on: Recovery, input: PlanRun, code: string): Saga<boolean> {
  const { steps } = yield* call(on.df, "stepsInForce", { fence: on.fence, run: input.run });
  if (steps.length === 0 || PASSES.has(code)) return steps.length > 0;
  return (yield* undoSteps(on, input, steps, (says) => say(on, "undo", says))) !== undefined;
}

/** Takes back what this plan did, as the ledger knows it, after it did not cure. What was so already is somebody else's. */
function* undo(on: Recovery, input: PlanRun): Saga<Execution> {
  const { steps } = yield* call(on.df, "stepsInForce", { fence: on.fence, run: input.run });
  if (steps.length === 0) {
    const says =
      "Everything that the plan changes was so already, by somebody else; nothing was changed, and it did not cure.";
    return { kind: "not-undone", says };
  }
  const refused = yield* undoSteps(on, input, steps, (says) => say(on, "undo", says));
  if (refused === undefined) return { kind: "undone", says: "The switch did not cure it and was undone." };
  return {
    kind: "not-undone",
    says: `The switch did not cure it and can't be undone safely: ${refused.says}`,
  };
}
