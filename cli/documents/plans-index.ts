import type { Estate } from "../../shared/estate";
import { systemOf, systems, type Finding } from "../../shared/finding";
import type { RecoveryPlan } from "../../shared/recovery-plan";
import { spanText } from "../../shared/span-text";
import { worstCase } from "../../shared/worst-case";
import { GENERATED, page, table } from "./markdown";

export type Answers = Record<Finding, RecoveryPlan | { nobody: string }>;

/** All plans with a link each, and every finding that has none, with the sentence why nobody acts. */
export function plansIndex(plans: RecoveryPlan[], answers: Answers, estate: Estate): string {
  const findings = Object.keys(answers) as Finding[];
  const without = systems.flatMap((system) =>
    findings
      .filter((finding) => systemOf[finding] === system)
      .flatMap((finding) => {
        const answer = answers[finding];
        return "nobody" in answer ? [[system, `\`${finding}\``, answer.nobody]] : [];
      }),
  );
  return page([
    GENERATED,
    "# Recovery plans",
    "What Switchover does when something breaks: one page for each plan, and below them the findings that nobody acts on, with the reason. [What each finding is seen by](../findings.md).",
    table(
      ["plan", "answers", "class", "approvals", "at worst", "objective"],
      plans.map((plan) => planRow(plan, estate)),
    ),
    "The times are those of the `switchover.yaml` that ships with Switchover; `switchover plans NAME --config FILE` writes a page for yours.",
    "## Findings without a plan",
    "Where something is wrong, people are told, with the evidence. Nothing is changed, because:",
    table(["system", "finding", "why nobody acts"], without),
  ]);
}

function planRow(plan: RecoveryPlan, estate: Estate): string[] {
  const { total, rto } = worstCase(plan, estate.policy.windows);
  const armed = plan.class === "safe" && estate.policy.automatic.includes(plan.answers);
  return [
    `[${plan.title}](${plan.name}.md)`,
    `\`${plan.answers}\``,
    plan.class,
    armed ? `none while armed, else ${plan.quorum}` : String(plan.quorum),
    spanText(total),
    spanText(rto),
  ];
}
