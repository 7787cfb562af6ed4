import { answers, plans } from "../../orchestrations/plans";
import type { Estate } from "../../shared/estate";
import { planPage } from "./plan-page";
import { plansIndex } from "./plans-index";

/** A file that is generated: its path below the repository's root, and what it must say. */
export type Document = { path: string; text: string };

/** Every document that is made from the source and the shipped estate, as it must be committed. */
export function documents(estate: Estate): Document[] {
  return [
    { path: "docs/plans/README.md", text: plansIndex(plans, answers, estate) },
    ...plans.map((plan) => ({
      path: `docs/plans/${plan.name}.md`,
      text: planPage(plan, estate, repairsBefore(plan.name)),
    })),
  ];
}

export function repairsBefore(name: string) {
  return plans.filter((plan) => plan.otherwise === name);
}
