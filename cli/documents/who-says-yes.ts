import type { Estate } from "../../shared/estate";
import type { RecoveryPlan } from "../../shared/recovery-plan";
import { spanText } from "../../shared/span-text";

/** Whose yes a plan needs, and who is asked; roles only, so that the page says it of no person. */
export function whoSaysYes(plan: RecoveryPlan, estate: Estate): string {
  const people = plan.quorum === 1 ? "one person" : `${plan.quorum} different people`;
  const asked = `${people}. Asked: ${askedInTurn(estate)}`;
  if (plan.class !== "safe") return `${asked}. Never carried out without them`;
  const armed = estate.policy.automatic.includes(plan.answers);
  const hourly = `${estate.policy.automaticPerHour} times an hour at most`;
  return armed
    ? `nobody, ${hourly}, because it is armed in \`policy.automatic\` and the diagnosis is confirmed; otherwise ${asked}`
    : `${asked}. It may be armed in \`policy.automatic\`; it is not`;
}

export function askedInTurn({ policy }: Estate): string {
  return policy.escalation
    .map(({ tell, after }) => `${tell.join(" and ")} ${after === 0 ? "at once" : `after ${spanText(after)}`}`)
    .join(", then ");
}
