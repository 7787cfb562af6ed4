import { refuse, type Refusal } from "../shared/errors";
import type { Fence } from "../shared/fence";
import { numberOfNextHome } from "../shared/ledger/home-plan";
import { readItem } from "../shared/ledger/items";
import { pin } from "../shared/ledger/record";
import { pinnedOf, type Pinned } from "../shared/pinned";
import type { PinnedPlan } from "../shared/plan";
import type { World } from "../shared/world";

/** Pins the way home: the plan's own steps undone, last first. It has a hash, a gate and effects of its own. */
export async function pinHome(input: { fence: Fence }, world: World): Promise<Pinned | Refusal> {
  const { fence } = input;
  const item = await readItem(world.ledger, fence.incident);
  if (item === undefined || item.epoch !== fence.epoch || item.closedAt !== null) {
    return refuse("STALE_HOLDER", `${fence.instance} no longer owns this item.`, "Its successor carries on.");
  }
  const { plan } = item;
  const home: PinnedPlan = {
    ...plan,
    title: `Going home: ${item.says}`,
    steps: plan.steps
      .toReversed()
      .flatMap((step) =>
        "none" in step.undo
          ? []
          : [{ id: `${step.id}h`, says: `Back: ${plan.wayBack}`, change: step.undo, undo: step.change }],
      ),
    losses: [],
    wayBack: "The same plan leads out again.",
    evidence: [`${plan.target} has been well for a while.`],
    home: null,
  };
  const number = await numberOfNextHome(world.ledger, fence.incident);
  const row = await pin(world.ledger, { run: "home", number, hash: world.digest(home), plan: home });
  return pinnedOf(row);
}
