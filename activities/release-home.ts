import type { Fence } from "../shared/fence";
import { audit } from "../shared/ledger/audit";
import { gates, sealGate } from "../shared/ledger/gates";
import { endHome } from "../shared/ledger/home-plan";
import { readItem, releaseHome as release } from "../shared/ledger/items";
import { addLine } from "../shared/ledger/record";
import type { World } from "../shared/world";

/**
 * Gives the system's lease back; with `closed`, the item is done with and says how. `over` is the number of
 * a way home that is not to be carried out again: the next one is pinned, and asked for, anew.
 */
export async function releaseHome(
  input: { fence: Fence; closed: string | null; line: string; over?: number },
  world: World,
): Promise<{ closed: boolean }> {
  const { fence, closed, line, over } = input;
  const at = world.clock.now();
  const item = await readItem(world.ledger, fence.incident);
  if (item === undefined || item.epoch !== fence.epoch || item.closedAt !== null) return { closed: false };
  if (closed !== null) {
    await addLine(world.ledger, fence.incident, line, { at, stage: "home", says: closed, by: "switchover" });
    await audit(world, {
      actor: "switchover",
      action: "item-closed",
      subject: fence.incident,
      detail: closed.slice(0, 300),
    });
  }
  if (closed !== null) {
    const asked = (await gates(world.ledger, fence.incident)).filter((gate) => gate.id.startsWith("home-"));
    for (const gate of asked) await sealGate(world.ledger, fence.incident, gate.id);
  }
  if (over !== undefined) {
    await endHome(world.ledger, fence.incident, over);
    await sealGate(world.ledger, fence.incident, `home-${over}`);
  }
  await release(world.ledger, fence, closed === null ? undefined : { at, says: closed });
  return { closed: closed !== null };
}
