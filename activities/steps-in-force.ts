import type { Fence } from "../shared/fence";
import { inForce } from "../shared/ledger/in-force";
import { pinnedPlan, type Run } from "../shared/ledger/record";
import type { World } from "../shared/world";

/**
 * The steps of the pinned plan that are in force by our doing, in the order of the plan. The ledger says so,
 * because an orchestration that was begun again doesn't know what the one before it did.
 */
export async function stepsInForce(
  input: { fence: Fence; run: Run },
  world: World,
): Promise<{ steps: string[] }> {
  const { fence, run } = input;
  const row = await pinnedPlan(world.ledger, fence.incident, run);
  if (row === undefined) return { steps: [] };
  const made = new Set(await inForce(world.ledger, fence.incident, row));
  return { steps: row.plan.steps.map((step) => step.id).filter((id) => made.has(id)) };
}
