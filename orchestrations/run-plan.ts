import type { OrchestrationContext } from "durable-functions";
import type { Applied } from "../activities/apply-step";
import { isRefusal, type Refusal } from "../shared/errors";
import type { Finding } from "../shared/finding";
import type { Run } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import { between } from "../shared/time";
import { call, now, type Saga } from "./durable";
import { recovery, say, slowing, type Recovery, type RecoveryInput } from "./journal";
import { PASSES } from "./passing";
import { undoSteps } from "./undo";
import { verify } from "./verify";
import { watchCustomers } from "./watch-customers";

export type PlanRun = RecoveryInput & {
  run: Run;
  hash: string;
  steps: string[];
  warrant: Warrant;
  touched: boolean;
  /** A person asked for it: it is carried out on a healthy company as well. */
  byHand: boolean;
  /** What it repairs: as long as that is still found, it did not help, however well customers are served. */
  repairs?: { finding: Finding; target: string };
};

/** What became of a plan. `refused`: a step declined; `touched` then says whether something of ours is in force still. */
export type Execution =
  | { kind: "committed"; says: string }
  | { kind: "healed"; says: string }
  | { kind: "refused"; code: string; says: string; touched: boolean }
  | { kind: "undone"; says: string }
  | { kind: "not-undone"; says: string };

/** Going back would not reach those customers sooner either, and would lead the others astray. */
const REMEMBERED =
  "The switch is in force; customers are not served yet, and resolvers may give the old address for hours more. It was left in force.";

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
    const applied = yield* patientStep(on, input, step);
    if (isRefusal(applied)) {
      yield* say(on, "execute", `Step ${step} was not carried out: ${applied.says} ${applied.hint}`);
      if (STARTED_IN_VAIN.has(applied.refused)) return { kind: "not-undone", says: applied.says };
      const touched = yield* staysTouched(on, input, applied.refused);
      return { kind: "refused", code: applied.refused, says: applied.says, touched };
    }
    yield* say(on, "execute", applied.says);
  }
  const verified = yield* verify(on, input);
  if (verified === "remembered") return { kind: "not-undone", says: REMEMBERED };
  if (verified === "not-cured") return yield* undo(on, input);
  if (!(yield* probation(on))) return yield* undo(on, input);
  return { kind: "committed", says: "Customers were served through the whole probation." };
}

/** What began and came to nothing, or to no end: no second try helps, the next plan may. */
const STARTED_IN_VAIN = new Set(["DID_NOT_START", "UNDER_WAY"]);

/** A machine starts in a minute, and a command on it takes half of one. What takes longer than this is not waited for. */
const UNDER_WAY_AT_MOST = 5 * 60_000;
const UNDER_WAY_EVERY = 4_000;

/** One step; what only begins it is looked at until it is over. Each look is an activity of its own: a stop is heeded in between. */
function* patientStep(on: Recovery, input: PlanRun, step: string): Saga<Applied | Refusal> {
  const { fence, df } = on;
  const { run, hash, warrant } = input;
  const begun = now(df);
  let told = "";
  for (;;) {
    const applied = yield* call(df, "applyStep", { fence, run, hash, step, warrant, direction: "do" });
    if (!isRefusal(applied) || applied.refused !== "UNDER_WAY") return applied;
    const waited = between(begun, now(df));
    if (waited > UNDER_WAY_AT_MOST) return applied;
    if (applied.says !== told) yield* say(on, "execute", `Step ${step} is under way: ${applied.says}`);
    told = applied.says;
    yield* on.rest(slowing(UNDER_WAY_EVERY, waited));
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
