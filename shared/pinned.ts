import type { Finding } from "./finding";
import type { PlanRow } from "./ledger/record";

/** What an orchestration needs of a pinned plan: it is small, and it goes through the history. */
export type Pinned = {
  name: string;
  finding: Finding;
  target: string;
  hash: string;
  number: number;
  steps: string[];
  /** Something has been changed already: there is no standing down without looking at that. */
  touched: boolean;
};

export function pinnedOf({ plan, hash, number }: PlanRow, touched = false): Pinned {
  const { name, finding, target } = plan;
  return { name, finding, target, hash, number, steps: plan.steps.map((step) => step.id), touched };
}
