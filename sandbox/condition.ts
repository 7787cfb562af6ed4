import type { Estate } from "../shared/estate";
import type { Setup } from "./haproxy/setup";
import { partsOf } from "./parts";

/** One thing that a fault does to one part. */
export type Damage =
  /** `refused`: nobody listens; `dropped`: packets vanish; `hung`: the process stands still. */
  | { part: string; net: "refused" | "dropped" | "hung" }
  /** `errors`: answers, but with 5xx, though health checks pass; `slow`: customers' requests hang; `unhealthy`: health checks fail too. */
  | { part: string; behaves: "errors" | "slow" | "unhealthy" }
  /** The part can reach none of these parts. */
  | { part: string; blindTo: string[] }
  /** A balancer is set up so, or borne upon so. */
  | { part: string; setup: Setup };

/** How one part is: the sum of what the active faults and cuts do to it. */
export type Condition = {
  net: "open" | "refused" | "dropped" | "hung";
  behaves: "well" | "errors" | "slow" | "unhealthy";
  blindTo: string[];
  setup: Setup;
};

export const wellCondition: Condition = { net: "open", behaves: "well", blindTo: [], setup: {} };

const worstLast = {
  open: 0,
  hung: 1,
  dropped: 2,
  refused: 3,
  well: 0,
  slow: 1,
  errors: 2,
  unhealthy: 3,
} as const;

export function conditionsOf(
  estate: Estate,
  damages: Damage[],
  cuts: Iterable<string>,
): Map<string, Condition> {
  const conditions = new Map(partsOf(estate).map((part) => [part.name, wellCondition]));
  const all = [...damages, ...[...cuts].map((part): Damage => ({ part, net: "dropped" }))];
  for (const damage of all)
    conditions.set(damage.part, worse(conditions.get(damage.part) ?? wellCondition, damage));
  return conditions;
}

function worse(condition: Condition, damage: Damage): Condition {
  if ("net" in damage)
    return worstLast[damage.net] > worstLast[condition.net] ? { ...condition, net: damage.net } : condition;
  if ("behaves" in damage) {
    return worstLast[damage.behaves] > worstLast[condition.behaves]
      ? { ...condition, behaves: damage.behaves }
      : condition;
  }
  if ("setup" in damage) return { ...condition, setup: { ...condition.setup, ...damage.setup } };
  return { ...condition, blindTo: [...new Set([...condition.blindTo, ...damage.blindTo])] };
}
