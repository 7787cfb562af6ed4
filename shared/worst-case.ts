import type { Windows } from "./estate";
import { milliseconds } from "./span";
import type { RecoveryPlan } from "./recovery-plan";

/** How long a plan may take from its start until it counts, each part in milliseconds. */
export type WorstCase = {
  steps: number;
  verify: number;
  probation: number;
  total: number;
  /** The plan's recovery time objective. */
  rto: number;
  inTime: boolean;
};

/**
 * The sum of what each part may take at most: every step its `within`, the verification its window, and the
 * probation its window. What comes before the plan is not in it: the diagnosis, and the time in which people
 * decide, because neither ends by itself.
 */
export function worstCase(plan: RecoveryPlan, windows: Pick<Windows, "verify" | "probation">): WorstCase {
  const steps = plan.steps.reduce((sum, { within }) => sum + within * 1_000, 0);
  const { verify, probation } = windows;
  const total = steps + verify + probation;
  const rto = milliseconds(plan.objectives.rto);
  return { steps, verify, probation, total, rto, inTime: total <= rto };
}
