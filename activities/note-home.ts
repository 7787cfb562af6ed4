import type { Fence } from "../shared/fence";
import { readItem } from "../shared/ledger/items";
import { beat } from "../shared/ledger/limits";
import { addLine } from "../shared/ledger/record";
import type { World } from "../shared/world";

/** One sentence of an item's life, in its incident's record. */
export async function noteHome(
  input: { fence: Fence; line: string; says: string },
  world: World,
): Promise<{ owned: boolean }> {
  const { fence, line, says } = input;
  const at = world.clock.now();
  await beat(world.ledger, fence.instance, at);
  const item = await readItem(world.ledger, fence.incident);
  if (item === undefined || item.epoch !== fence.epoch || item.closedAt !== null) return { owned: false };
  await addLine(world.ledger, fence.incident, line, { at, stage: "home", says, by: "switchover" });
  return { owned: true };
}
