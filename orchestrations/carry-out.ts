import type { Pinned } from "../shared/pinned";
import { textOf } from "../shared/errors";
import type { Warrant } from "../shared/ledger/warrant";
import { between } from "../shared/time";
import { call, callChild, now, type Saga } from "./durable";
import { end, type Ending } from "./end";
import { say, slowing, type Recovery } from "./journal";
import { PASSES } from "./passing";
import { planNamed } from "./plans";
import type { Execution, PlanRun } from "./run-plan";

/** A child that the platform failed is run again: what it did is found done. More often than this, a person must look. */
const CHILDREN_AT_MOST = 3;

/** Refusals after which another plan, or another decision, may help. */
const LOOK_AGAIN = new Set([
  "CHANGED_BY_HAND",
  "TARGET_NOT_HEALTHY",
  "LAST_HEALTHY_SERVER",
  "NOT_ARMED",
  "HOURLY_LIMIT",
  "APPROVAL_STALE",
  "NOT_APPROVED",
  "ORIGIN_NOT_READY",
  "UNDER_ATTACK",
]);

/** Runs the plan's orchestration and makes an ending of what became of it. */
export function* carryOut(
  on: Recovery,
  pinned: Pinned,
  warrant: Warrant,
  byHand: boolean,
): Saga<Ending | "again"> {
  const begun = now(on.df);
  let children = 0;
  let touched = pinned.touched;
  for (let attempt = 1; ; attempt++) {
    const execution = yield* runChild(on, pinned, { warrant, touched, byHand }, attempt);
    switch (execution.kind) {
      case "committed":
        return yield* end(on, "recovered", execution.says);
      case "healed":
        return yield* end(on, "stood-down", execution.says);
      case "undone":
        return yield* end(on, "rolled-back", execution.says);
      case "not-undone": {
        const next = planNamed(pinned.name)?.otherwise;
        if (next === undefined) return yield* end(on, "handed-over", execution.says);
        yield* say(on, "execute", `${execution.says} Looking again; ${next} is next.`, "diagnosing");
        return "again";
      }
      case "failed":
        children += 1;
        touched = true;
        if (children >= CHILDREN_AT_MOST)
          return yield* end(on, "handed-over", `The plan's run failed ${children} times: ${execution.says}`);
        yield* say(
          on,
          "execute",
          `The plan's run was lost (${execution.says}); running it again, which repeats no effect.`,
        );
        break;
      case "refused": {
        if (execution.code === "STALE_HOLDER") return { kind: "stale" };
        touched = execution.touched;
        if (LOOK_AGAIN.has(execution.code)) {
          const { fence } = on;
          const ended = yield* call(on.df, "voidGate", {
            fence,
            gate: `out-${pinned.number}`,
            says: execution.says,
          });
          // A veto is an answer, not a reason to ask again.
          const says = ended.state === "refused" ? ended.says : execution.says;
          if (touched) return yield* end(on, "handed-over", `${says} What was done before stays as it is.`);
          if (ended.state === "refused") return yield* end(on, "stood-down", says);
          return "again";
        }
        const waited = between(begun, now(on.df));
        if (!PASSES.has(execution.code) || waited > on.windows.escalate)
          return yield* end(on, "handed-over", execution.says);
        yield* say(on, "hold", `Waiting: ${execution.says}`, "awaiting-person");
        yield* on.rest(slowing(on.windows.gateTick, waited));
      }
    }
  }
}

type Child = Execution | { kind: "failed"; says: string };

function* runChild(
  on: Recovery,
  pinned: Pinned,
  how: Pick<PlanRun, "warrant" | "touched" | "byHand">,
  attempt: number,
): Saga<Child> {
  const { df, fence, windows, levels } = on;
  const instance = `${fence.instance}-p${pinned.number}-${attempt}`;
  const { hash, steps, name, finding, target } = pinned;
  const repairs = planNamed(name)?.home === null ? { repairs: { finding, target } } : {};
  const input: PlanRun = {
    fence,
    windows,
    levels,
    writesAs: instance,
    run: "out",
    hash,
    steps,
    ...repairs,
    ...how,
  };
  try {
    return yield* callChild<Execution>(df, name, input, instance);
  } catch (thrown) {
    return { kind: "failed", says: textOf(thrown, 200) };
  }
}
