import type { Diagnosis } from "./diagnosis";
import type { Estate } from "./estate";
import type { PinnedPlan } from "./plan";

/**
 * Why people must be asked, as far as the plan, the diagnosis and the configuration say; undefined when these
 * three would let it be automatic. What happened before (blocks, the hour's limit) is the ledger's to say.
 */
export function reasonToAsk(
  plan: Pick<PinnedPlan, "asks" | "class" | "finding" | "requestedBy">,
  confidence: Diagnosis["confidence"],
  { policy }: Estate,
): string | undefined {
  const { finding, requestedBy } = plan;
  // Also when a later look says the same: nobody acts alone on a person's word (four eyes).
  if (requestedBy !== null) return `Asking: ${requestedBy} wants it, and somebody else must agree.`;
  if (plan.class !== "safe")
    return `Asking: the plan is ${plan.class}, and such a plan is never carried out without people.`;
  if (plan.asks !== undefined) return `Asking: ${plan.asks}`;
  if (!policy.automatic.includes(finding)) return `Asking: ${finding} is not armed for automatic action.`;
  if (confidence !== "confirmed") return "Asking: the diagnosis is not confirmed by an inside witness.";
  return undefined;
}
