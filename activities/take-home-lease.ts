import type { Fence } from "../shared/fence";
import { claimHome, readItem } from "../shared/ledger/items";
import { decideWarrant } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import type { World } from "../shared/world";

/** The system's lease for the moment of going home, and by what right: an item that asks needs its gate. */
export async function takeHomeLease(
  input: { fence: Fence; number: number },
  world: World,
): Promise<{ kind: "claimed" | "busy" | "stale"; warrant: Warrant }> {
  const { fence, number } = input;
  const item = await readItem(world.ledger, fence.incident);
  const wanted: Warrant =
    item?.plan.home?.asks === false ? { kind: "automatic" } : { kind: "gate", gate: `home-${number}` };
  const warrant = await decideWarrant(world.ledger, fence.incident, "home", number, wanted);
  return { kind: await claimHome(world.ledger, fence, world.clock.now()), warrant };
}
