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
    ? `nobody, ${hourly}, because it is armed for automatic action; when the diagnosis is not confirmed, ${asked}`
    : `${asked}. It could be armed for automatic action, and is not`;
}

/** The levels of the escalation, without the roles that nobody has. */
export function askedInTurn({ policy, people }: Estate): string {
  return policy.escalation
    .map(({ tell, after }) => ({
      after,
      roles: tell.filter((role) => people.some((one) => one.role === role)),
    }))
    .filter(({ roles }) => roles.length > 0)
    .map(
      ({ roles, after }) => `${roles.join(" and ")} ${after === 0 ? "at once" : `after ${spanText(after)}`}`,
    )
    .join(", then ");
}
