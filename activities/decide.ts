import type { Diagnosis } from "../shared/diagnosis";
import type { Fence } from "../shared/fence";
import type { System } from "../shared/finding";
import { automaticInLastHour, readBlock } from "../shared/ledger/limits";
import { decideWarrant, pinnedPlan, type Run } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import type { PinnedPlan } from "../shared/plan";
import { reasonToAsk } from "../shared/reason-to-ask";
import type { World } from "../shared/world";

export type Decided = { warrant: Warrant; because: string };

/**
 * Automatic, or people? Automatic only when the plan is safe, the finding is armed, the diagnosis is
 * confirmed, nothing blocks the system and the hour allows it. Decided once and kept: a successor
 * finds the same answer. The writing activity checks the limits again.
 */
export async function decide(
  input: { fence: Fence; run: Run; confidence: Diagnosis["confidence"] },
  world: World,
): Promise<Decided> {
  const { fence, run } = input;
  const row = await pinnedPlan(world.ledger, fence.incident, run);
  if (row === undefined) throw new Error(`NO_PLAN: no plan is pinned for ${fence.incident}.`);
  const objection = await whyAsk(input, world, row.plan);
  const wanted: Warrant =
    objection === undefined ? { kind: "automatic" } : { kind: "gate", gate: `${run}-${row.number}` };
  const warrant = await decideWarrant(world.ledger, fence.incident, run, row.number, wanted);
  if (warrant.kind === "automatic") {
    return {
      warrant,
      because: `Acting by itself: ${row.plan.finding} is armed, the plan is safe and the diagnosis confirmed.`,
    };
  }
  return { warrant, because: objection ?? "People were asked before." };
}

async function whyAsk(
  input: { fence: Fence; confidence: Diagnosis["confidence"] },
  world: World,
  plan: PinnedPlan,
): Promise<string | undefined> {
  const { estate, ledger, clock } = world;
  const { automaticPerHour } = estate.policy;
  const reason = reasonToAsk(plan, input.confidence, estate);
  if (reason !== undefined) return reason;
  const blocked = await systemBlock(input.fence, plan.system, world);
  if (blocked !== undefined) return `Asking: ${blocked}`;
  const used = await automaticInLastHour(ledger, clock.now(), input.fence.incident);
  if (used >= automaticPerHour)
    return `Asking: ${used} automatic actions in the last hour; ${automaticPerHour} are allowed.`;
  return undefined;
}

async function systemBlock(fence: Fence, system: System, world: World): Promise<string | undefined> {
  const block = await readBlock(world.ledger, system);
  if (block === undefined || block.incident === fence.incident || block.until <= world.clock.now())
    return undefined;
  return `${block.incident} recovered ${block.system} lately; no automatic action there before ${block.until}.`;
}
