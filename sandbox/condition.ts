import type { Estate } from "../shared/estate";
import type { Setup } from "./haproxy/setup";
import { partsOf } from "./parts";

/** One thing that a fault does to one part. */
export type Damage =
  /** `refused`: nobody listens; `dropped`: packets vanish; `hung`: the process stands still. */
  | { part: string; net: "refused" | "dropped" | "hung" }
  /** `errors`: answers, but with 5xx, though health checks pass; `slow`: customers' requests hang; `unhealthy`: health checks fail too. */
  | { part: string; behaves: "errors" | "slow" | "unhealthy" }
  /** The machine under it is off: stopped, or given back to the cloud. */
  | { part: string; machine: "stopped" | "deallocated" }
  /** Its process on a living machine: died, was stopped cleanly, or died and can't be started again. */
  | { part: string; service: "failed" | "inactive" | "broken" }
  /** The part can reach none of these parts. */
  | { part: string; blindTo: string[] }
  /** The part's firewall turns these parts away. */
  | { part: string; rejects: string[] }
  /** The attackers flood whatever the service's name leads to, or the balancer itself, whose address they know. */
  | { part: "attackers"; floods: "name" | "origin" }
  /** A balancer is set up so, or borne upon so. */
  | { part: string; setup: Setup };

/** How one part is: the sum of what the active faults and cuts do to it. */
export type Condition = {
  net: "open" | "refused" | "dropped" | "hung";
  behaves: "well" | "errors" | "slow" | "unhealthy";
  blindTo: string[];
  rejects: string[];
  floods: "nothing" | "name" | "origin";
  machine: "running" | "stopped" | "deallocated";
  service: "active" | "failed" | "inactive" | "broken";
  setup: Setup;
};

export const wellCondition: Condition = {
  net: "open",
  behaves: "well",
  blindTo: [],
  rejects: [],
  floods: "nothing",
  machine: "running",
  service: "active",
  setup: {},
};

const worstLast = {
  open: 0,
  hung: 1,
  dropped: 2,
  refused: 3,
  well: 0,
  slow: 1,
  errors: 2,
  unhealthy: 3,
  running: 0,
  stopped: 1,
  deallocated: 2,
  active: 0,
  inactive: 1,
  failed: 2,
  broken: 3,
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

function worst<K extends "machine" | "service">(
  of: K,
  condition: Pick<Condition, K>,
  damage: Pick<Condition, K>,
): Pick<Condition, K> {
  return worstLast[damage[of]] > worstLast[condition[of]] ? damage : condition;
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
  if ("floods" in damage) return { ...condition, floods: damage.floods };
  if ("rejects" in damage)
    return { ...condition, rejects: [...new Set([...condition.rejects, ...damage.rejects])] };
  if ("machine" in damage) return { ...condition, ...worst("machine", condition, damage), net: "refused" };
  // On loopback nothing distinguishes a dead process from a machine that is off: the kernel refuses for both.
  if ("service" in damage) return { ...condition, ...worst("service", condition, damage), net: "refused" };
  return { ...condition, blindTo: [...new Set([...condition.blindTo, ...damage.blindTo])] };
}
