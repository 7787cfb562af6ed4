import { planFor, whyNobodyActs } from "../../orchestrations/plans";
import { unsafe } from "../../shared/changes";
import type { Diagnosis } from "../../shared/diagnosis";
import { isRefusal, textOf } from "../../shared/errors";
import type { Look } from "../../shared/observation";
import { resourceOf, textOfValue, type PinnedStep, type PlanClass } from "../../shared/plan";
import { reasonToAsk } from "../../shared/reason-to-ask";
import type { RecoveryPlan } from "../../shared/recovery-plan";
import { resolvePlan } from "../../shared/resolve-plan";
import { worstCase } from "../../shared/worst-case";
import type { World } from "../../shared/world";

type StepSeen = {
  says: string;
  resource: string;
  old: string;
  new: string;
  undo: string;
  /** Why the step would be refused at this moment, though approved. Null: it would be carried out. */
  refused: string | null;
};

/** What Switchover would do about a diagnosis, with the values of this moment. */
export type Intended =
  | { kind: "nothing"; because: string }
  | { kind: "no-plan"; plan: string; because: string }
  | {
      kind: "plan";
      plan: string;
      title: string;
      class: PlanClass;
      quorum: number;
      /** Why people would be asked; null: it would begin by itself, unless the ledger knows of a block. */
      asks: string | null;
      steps: StepSeen[];
      losses: string[];
      wayBack: string;
      /** Milliseconds, and whether they are within the plan's objective. */
      atWorst: number;
      inTime: boolean;
    };

/** Resolves the plan that answers the diagnosis, as Switchover would pin it now. Reads only. */
export async function intended(diagnosis: Diagnosis, seen: Look, world: World): Promise<Intended> {
  const { finding, target } = diagnosis;
  const plan = planFor(finding, new Set());
  if (plan === undefined) return { kind: "nothing", because: whyNobodyActs(finding) };
  if (target === null)
    return { kind: "no-plan", plan: plan.name, because: `${finding} names no part to act on.` };
  let resolved: Awaited<ReturnType<typeof resolvePlan>>;
  try {
    resolved = await resolvePlan(plan, { target, seen, world });
  } catch (thrown) {
    return { kind: "no-plan", plan: plan.name, because: textOf(thrown, 400) };
  }
  if (isRefusal(resolved))
    return { kind: "no-plan", plan: plan.name, because: `${resolved.says} ${resolved.hint}` };
  const { steps, losses, wayBack } = resolved;
  const asks = reasonToAsk(
    { class: plan.class, finding, requestedBy: null },
    diagnosis.confidence,
    world.estate,
  );
  return {
    kind: "plan",
    ...headOf(plan),
    asks: asks ?? null,
    steps: steps.map((step) => stepSeen(step, seen, world)),
    losses,
    wayBack,
    ...timeOf(plan, world),
  };
}

function headOf({ name, title, class: of, quorum }: RecoveryPlan) {
  return { plan: name, title, class: of, quorum };
}

function timeOf(plan: RecoveryPlan, { estate }: World) {
  const { total, inTime } = worstCase(plan, estate.policy.windows);
  return { atWorst: total, inTime };
}

function stepSeen({ says, change, undo }: PinnedStep, seen: Look, world: World): StepSeen {
  const danger = unsafe(change, seen, world.estate);
  return {
    says,
    resource: resourceOf(change),
    old: textOfValue(change.old),
    new: textOfValue(change.new),
    undo: "none" in undo ? `none: ${undo.none}` : `back to ${textOfValue(undo.new)}`,
    refused: danger === undefined ? null : `${danger.says} ${danger.hint}`,
  };
}
