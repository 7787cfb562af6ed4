import type { Diagnosis } from "../shared/diagnosis";
import { between } from "../shared/time";
import { call, now, type Saga } from "./durable";
import { say, slowing, type Recovery } from "./journal";

/** The first looks come quickly: most disasters are plain. */
const QUICK_FOR_MS = 20_000;

export type FoundOut =
  /** `by`: who classified it by hand, or null when the evidence did. */
  | { kind: "found"; diagnosis: Diagnosis; by: string | null }
  | { kind: "never-clear"; diagnosis: Diagnosis }
  | { kind: "lost" };

/**
 * Looks until two looks in a row say the same. What stays unclear is paged to the on-call engineer after
 * 5 minutes, to be classified by hand, and handed over to everybody after 30: the document's own numbers.
 */
export function* findOut(on: Recovery): Saga<FoundOut> {
  if (
    !(yield* say(
      on,
      "diagnose",
      "Looking from every vantage, and at the load balancer's own counters.",
      "diagnosing",
    ))
  )
    return { kind: "lost" };
  const begun = now(on.df);
  let before: Diagnosis | undefined;
  let question: string | undefined;
  for (;;) {
    const seen = yield* call(on.df, "diagnose", { fence: on.fence });
    if (isDecisive(seen) && before?.finding === seen.finding && before.target === seen.target) {
      if (!(yield* say(on, "diagnose", inWords(seen)))) return { kind: "lost" };
      if (question !== undefined)
        yield* call(on.df, "readClassification", { fence: on.fence, gate: question, close: true });
      return { kind: "found", diagnosis: seen, by: null };
    }
    before = seen;
    const elapsed = between(begun, now(on.df));
    if (elapsed >= on.windows.escalate) {
      yield* say(on, "escalate", `Still not clear after ${minutes(elapsed)}: ${seen.says}`);
      return { kind: "never-clear", diagnosis: seen };
    }
    if (elapsed >= on.windows.classifyByHand && question === undefined) {
      const says = `Not clear after ${minutes(elapsed)}; a person must classify it. ${inWords(seen)}`;
      if (!(yield* say(on, "diagnose", says, "awaiting-person"))) return { kind: "lost" };
      const { gate } = yield* call(on.df, "askToClassify", { fence: on.fence, says: inWords(seen) });
      yield* call(on.df, "tell", { fence: on.fence, roles: ["on-call"], key: gate, gate, text: says });
      question = gate;
    }
    if (question !== undefined) {
      const answer = yield* call(on.df, "readClassification", {
        fence: on.fence,
        gate: question,
        close: false,
      });
      if (answer.kind === "chosen") {
        if (!(yield* say(on, "diagnose", answer.diagnosis.says))) return { kind: "lost" };
        return { kind: "found", diagnosis: answer.diagnosis, by: answer.by };
      }
      if (answer.kind === "none-of-these") {
        yield* say(on, "diagnose", answer.says);
        return { kind: "never-clear", diagnosis: seen };
      }
    }
    yield* on.rest(elapsed < QUICK_FOR_MS ? on.windows.secondLook : slowing(on.windows.lookAgain, elapsed));
  }
}

/** `unclear` and `observers-suspect` are not answers: they may become one. */
function isDecisive(seen: Diagnosis): boolean {
  return seen.finding !== "unclear" && seen.finding !== "observers-suspect";
}

export function inWords(seen: Diagnosis): string {
  const runnerUp =
    seen.runnerUp === null ? "" : ` It could also be ${seen.runnerUp.finding}: ${seen.runnerUp.because}.`;
  const missing = seen.missing.length === 0 ? "" : ` Not seen: ${seen.missing.join("; ")}.`;
  return `${seen.finding}: ${seen.says}${runnerUp}${missing}`;
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} min`;
}
