import type { OrchestrationContext } from "durable-functions";
import { isRefusal, type Refusal } from "../shared/errors";
import type { PinInput } from "../activities/pin-plan";
import type { Pinned } from "../shared/pinned";
import type { Diagnosis } from "../shared/diagnosis";
import { systemOf, type Finding } from "../shared/finding";
import type { ByHand } from "../shared/ledger/incidents";
import { between } from "../shared/time";
import { ask } from "./ask";
import { call, now, type Saga } from "./durable";
import { carryOut } from "./carry-out";
import { end, type Ending } from "./end";
import { findOut, inWords } from "./find-out";
import { recovery, say, type Recovery, type RecoveryInput } from "./journal";
import { planFor, planNamed, whyNobodyActs } from "./plans";

/** A plan that turned out void is made anew at most so often; then people take over. */
const PLANS_AT_MOST = 3;

/**
 * One incident, start to end. It reads like the document: find out what is wrong, make the plan, ask
 * (or act, where that is armed), carry it out, verify, watch, close. Whatever it knows is in the
 * ledger, so a successor goes on where this one was lost: with the same plan, gate and votes.
 */
export function* recover(context: OrchestrationContext): Saga<Ending> {
  const on = recovery(context.df, context.df.getInput<RecoveryInput>());
  const known = yield* call(on.df, "resume", { fence: on.fence });
  if (known.kind === "stale") return { kind: "stale" };
  let pinned = known.pinned;
  let number = known.plans;
  const tried = new Set<string>();
  if (on.fence.epoch === 1) yield* tellOpening(on);
  if (pinned !== null)
    yield* say(on, "resume", "Going on from the ledger: the plan and its votes are as they were.");

  for (;;) {
    if (pinned === null) {
      number += 1;
      if (number > PLANS_AT_MOST)
        return yield* end(
          on,
          "handed-over",
          "The world changed under the plan again and again; a person must look.",
        );
      const made = yield* known.byHand === null
        ? makePlan(on, number, tried)
        : planByHand(on, number, known.byHand);
      if ("kind" in made) return made;
      pinned = made;
    }
    const next: Ending | "again" = yield* decideAndAct(on, pinned, known.byHand !== null);
    if (next !== "again") return next;
    tried.add(pinned.name);
    pinned = null;
  }
}

/** From the evidence to a pinned plan; or the end, with the sentence why nobody acts. `tried`: a repair among them did not cure. */
function* makePlan(on: Recovery, number: number, tried: ReadonlySet<string>): Saga<Pinned | Ending> {
  const found = yield* findOut(on);
  if (found.kind === "lost") return { kind: "stale" };
  const { diagnosis } = found;
  if (diagnosis.finding === "healthy")
    return yield* end(on, "stood-down", `Did not act because customers are served. ${diagnosis.says}`);

  const named = yield* call(on.df, "nameFinding", { fence: on.fence, finding: diagnosis.finding });
  if (named.kind === "stale") return { kind: "stale" };
  if (named.kind === "taken")
    return yield* end(on, "stood-down", `Did not act because ${named.by} recovers that system already.`);

  const plan = planFor(diagnosis.finding, tried);
  if (plan === undefined || found.kind === "never-clear") {
    return yield* handOver(on, diagnosis.finding, inWords(diagnosis));
  }
  return yield* pinIt(on, { number, plan, diagnosis, requestedBy: found.by, byHand: false });
}

/** A person asked for it: nothing is diagnosed, but all the rest is the same, other people's approval included. */
function* planByHand(on: Recovery, number: number, byHand: ByHand): Saga<Pinned | Ending> {
  const plan = planNamed(byHand.plan);
  if (plan === undefined) return yield* end(on, "handed-over", `There is no plan ${byHand.plan} any more.`);
  const seen = yield* call(on.df, "diagnose", { fence: on.fence });
  const named = yield* call(on.df, "nameFinding", { fence: on.fence, finding: plan.answers });
  if (named.kind !== "claimed") return { kind: "stale" };
  const says = `${byHand.by} asks for it: ${byHand.reason}`;
  const diagnosis: Diagnosis = {
    finding: plan.answers,
    system: systemOf[plan.answers],
    target: byHand.target,
    says,
    evidence: [`As it is now: ${seen.says}`],
    runnerUp: null,
    missing: seen.missing,
    confidence: "none",
  };
  return yield* pinIt(on, { number, plan, diagnosis, requestedBy: byHand.by, byHand: true });
}

type ToPin = Pick<PinInput, "number" | "plan" | "diagnosis" | "requestedBy" | "byHand">;

function* pinIt(on: Recovery, wanted: ToPin): Saga<Pinned | Ending> {
  const { plan } = wanted;
  const made = yield* resolved(on, wanted);
  if (!isRefusal(made)) {
    yield* say(on, "plan", `${plan.title}: plan ${plan.name}, pinned as ${made.hash.slice(0, 12)}.`);
    return made;
  }
  if (made.refused === "STALE_HOLDER") return { kind: "stale" };
  const next = wanted.byHand || plan.otherwise === undefined ? undefined : planNamed(plan.otherwise);
  if (next === undefined)
    return yield* end(on, "handed-over", `No plan could be made: ${made.says} ${made.hint}`);
  yield* say(on, "plan", `${plan.name} can't help: ${made.says} ${next.name} is next.`);
  return yield* pinIt(on, { ...wanted, plan: next });
}

/** A machine that has to be asked by a command on it answers half a minute later. */
const ANSWER_AT_MOST = 2 * 60_000;
const ANSWER_EVERY = 4_000;

function* resolved(on: Recovery, wanted: ToPin): Saga<Pinned | Refusal> {
  const begun = now(on.df);
  let told = "";
  for (;;) {
    const made = yield* call(on.df, "pinPlan", { fence: on.fence, run: "out", ...wanted });
    if (!isRefusal(made) || made.refused !== "UNDER_WAY") return made;
    if (between(begun, now(on.df)) > ANSWER_AT_MOST) return made;
    if (made.says !== told) yield* say(on, "plan", `Before there is a plan: ${made.says}`);
    told = made.says;
    yield* on.rest(ANSWER_EVERY);
  }
}

function* handOver(on: Recovery, finding: Finding, words: string): Saga<Ending> {
  return yield* end(on, "handed-over", `Did not act because: ${whyNobodyActs(finding)} ${words}`);
}

/** The decision, then the plan. `again`: the world is not what the plan was made for; look and plan anew. */
function* decideAndAct(on: Recovery, pinned: Pinned, byHand: boolean): Saga<Ending | "again"> {
  const seen = yield* call(on.df, "diagnose", { fence: on.fence });
  const goOn = pinned.touched || byHand;
  if (seen.finding === "healthy" && !goOn) {
    return yield* end(on, "stood-down", `Did not act because customers are served again. ${seen.says}`);
  }
  // Confirmed only as long as this look still says what the plan was made for.
  const same = seen.finding === pinned.finding && seen.target === pinned.target;
  const { warrant, because } = yield* call(on.df, "decide", {
    fence: on.fence,
    run: "out",
    confidence: same ? seen.confidence : "none",
  });
  if (!(yield* say(on, "decide", because))) return { kind: "stale" };
  if (warrant.kind === "gate") {
    const title = planNamed(pinned.name)?.title ?? pinned.name;
    const answer = yield* ask(on, {
      run: "out",
      text: `${title}. ${seen.says} Please decide on plan ${pinned.hash.slice(0, 12)}.`,
      whileHealed: goOn ? "go-on" : "stand-down",
    });
    switch (answer.kind) {
      case "lost":
        return { kind: "stale" };
      case "refused":
      case "healed":
        return yield* end(on, "stood-down", answer.says);
      case "expired":
        return yield* end(on, "handed-over", answer.says);
      case "changed":
        yield* say(on, "gate", `The question is void: ${answer.says}`, "diagnosing");
        return "again";
      case "granted":
        yield* say(on, "gate", "Approved.", "executing");
    }
  } else {
    yield* call(on.df, "tell", {
      fence: on.fence,
      roles: ["on-call"],
      key: `automatic-${pinned.number}`,
      text: `${because} ${seen.says}`,
    });
  }
  return yield* carryOut(on, pinned, warrant, byHand);
}

/** The on-call engineer is told at opening, always: whatever happens next, somebody knows that it happens. */
function* tellOpening(on: Recovery): Saga<void> {
  const text = `${on.fence.incident} is open, and is being looked at.`;
  yield* call(on.df, "tell", { fence: on.fence, roles: ["on-call"], key: "opened", text });
}
