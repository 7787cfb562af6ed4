import type { Engine } from "../shared/engine";
import { refuse, type Refusal } from "../shared/errors";
import { systemOf } from "../shared/finding";
import { audit } from "../shared/ledger/audit";
import { incidentId, openIncident, readIncident } from "../shared/ledger/incidents";
import type { RecoveryPlan } from "../shared/recovery-plan";
import { targetsOf } from "../shared/targets";
import type { World } from "../shared/world";

export type ByHandRequest = { plan: RecoveryPlan; target: string; by: string; reason: string };

/**
 * A person starts a plan: the same guards and the same gate as when the evidence does, and other people
 * approve it. Refused while the plan's system is being recovered already.
 */
export async function startByHand(
  request: ByHandRequest,
  world: World,
  engine: Engine,
): Promise<{ incident: string } | Refusal> {
  const { plan, target, by, reason } = request;
  const { estate, ledger, clock } = world;
  const { kind, names } = targetsOf(plan.answers, estate);
  if (!names.includes(target)) {
    const says = `"${target}" is no ${kind} of the estate.`;
    return refuse("NO_SUCH_PART", says, `Use one of: ${names.join(", ")}.`);
  }
  const at = clock.now();
  const because = `${by} starts ${plan.name} for ${target} by hand: ${reason}`;
  const scope = systemOf[plan.answers];
  const byHand = { plan: plan.name, target, by, reason };
  const { id, opened } = await openIncident(ledger, {
    id: incidentId(at, world.shortId()),
    scope,
    at,
    because,
    byHand,
  });
  if (!opened) return refuse("SYSTEM_BUSY", `${id} recovers ${scope} already.`, "Wait until it is closed.");
  await audit(world, { actor: by, action: "started-by-hand", subject: id, detail: because.slice(0, 300) });
  const row = await readIncident(ledger, id);
  if (row !== undefined)
    await engine.start("recover", { incident: id, epoch: row.epoch, instance: row.instance });
  return { incident: id };
}
