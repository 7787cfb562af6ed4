import type { OrchestrationContext } from "durable-functions";
import { isRefusal } from "../shared/errors";
import type { Finding } from "../shared/finding";
import type { Pinned } from "../activities/resume";
import { ask } from "./ask";
import { call, type Saga } from "./durable";
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
      const made = yield* makePlan(on, number);
      if ("kind" in made) return made;
      pinned = made;
    }
    const next: Ending | "again" = yield* decideAndAct(on, pinned);
    if (next !== "again") return next;
    pinned = null;
  }
}

/** From the evidence to a pinned plan; or the end, with the sentence why nobody acts. */
function* makePlan(on: Recovery, number: number): Saga<Pinned | Ending> {
  const found = yield* findOut(on);
  if (found.kind === "lost") return { kind: "stale" };
  const { diagnosis } = found;
  if (diagnosis.finding === "healthy")
    return yield* end(on, "stood-down", `Did not act because customers are served. ${diagnosis.says}`);

  const named = yield* call(on.df, "nameFinding", { fence: on.fence, finding: diagnosis.finding });
  if (named.kind === "stale") return { kind: "stale" };
  if (named.kind === "taken")
    return yield* end(on, "stood-down", `Did not act because ${named.by} recovers that system already.`);

  const plan = planFor(diagnosis.finding);
  if (plan === undefined || found.kind === "never-clear") {
    return yield* handOver(on, diagnosis.finding, inWords(diagnosis));
  }
  const made = yield* call(on.df, "pinPlan", { fence: on.fence, run: "out", number, plan, diagnosis });
  if (!isRefusal(made)) {
    yield* say(on, "plan", `${plan.title}: plan ${plan.name}, pinned as ${made.hash.slice(0, 12)}.`);
    return made;
  }
  if (made.refused === "STALE_HOLDER") return { kind: "stale" };
  return yield* end(on, "handed-over", `No plan could be made: ${made.says} ${made.hint}`);
}

function* handOver(on: Recovery, finding: Finding, words: string): Saga<Ending> {
  return yield* end(on, "handed-over", `Did not act because: ${whyNobodyActs(finding)} ${words}`);
}

/** The decision, then the plan. `again`: the world is not what the plan was made for; look and plan anew. */
function* decideAndAct(on: Recovery, pinned: Pinned): Saga<Ending | "again"> {
  const seen = yield* call(on.df, "diagnose", { fence: on.fence });
  const { warrant, because } = yield* call(on.df, "decide", {
    fence: on.fence,
    run: "out",
    confidence: seen.confidence,
  });
  if (!(yield* say(on, "decide", because))) return { kind: "stale" };
  if (warrant.kind === "gate") {
    const title = planNamed(pinned.name)?.title ?? pinned.name;
    const answer = yield* ask(on, {
      run: "out",
      text: `${title}. ${seen.says} Please decide.`,
      whileHealed: pinned.touched ? "go-on" : "stand-down",
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
  return yield* carryOut(on, pinned, warrant);
}
