import { isRefusal, type Refusal } from "./errors";
import type { PinnedPlan, PinnedStep } from "./plan";
import { fill, type RecoveryPlan } from "./recovery-plan";
import { resolveStep } from "./resolve-step";
import type { Resolving } from "./steps/resolving";

/** What of a plan is known only when the company was looked at: exact changes, and sentences that name the parts. */
export type ResolvedPlan = Pick<PinnedPlan, "steps" | "losses" | "wayBack" | "home" | "asks"> & {
  /** What whoever decides should read with the evidence. */
  notes: string[];
};

/** Makes a plan's exact old → new values from the world as it is now. Reads only; the first step that can't be made refuses all. */
export async function resolvePlan(plan: RecoveryPlan, context: Resolving): Promise<ResolvedPlan | Refusal> {
  const { target, world } = context;
  const steps: PinnedStep[] = [];
  const notes: string[] = [];
  const asks: string[] = [];
  const words: Record<string, string> = { target, service: world.estate.service.hostname };
  for (const [index, template] of plan.steps.entries()) {
    const resolved = await resolveStep(template, context);
    if (isRefusal(resolved)) return resolved;
    if (resolved.to !== undefined) words["to"] = resolved.to;
    notes.push(...(resolved.notes ?? []));
    if (resolved.asks !== undefined) asks.push(resolved.asks);
    for (const [part, one] of resolved.changes.entries()) {
      steps.push({
        id: `s${index + 1}${resolved.changes.length > 1 ? `-${part + 1}` : ""}`,
        says: fill(template.says, words),
        ...one,
      });
    }
  }
  return {
    ...(asks.length === 0 ? {} : { asks: asks.join(" ") }),
    steps,
    notes,
    losses: plan.losses.map((text) => fill(text, words)),
    wayBack: fill(plan.wayBack, words),
    home: plan.home && { item: fill(plan.home.item, words), asks: plan.home.asks },
  };
}
