import type { Fence } from "../shared/fence";
import { audit } from "../shared/ledger/audit";
import { gates, sealGate } from "../shared/ledger/gates";
import { readItem, releaseHome as release } from "../shared/ledger/items";
import { addLine } from "../shared/ledger/record";
import type { World } from "../shared/world";

/** Gives the system's lease back; with `closed`, the item is done with and says how. */
export async function releaseHome(
  input: { fence: Fence; closed: string | null; line: string },
  world: World,
): Promise<{ closed: boolean }> {
  const { fence, closed, line } = input;
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
  await release(world.ledger, fence, closed === null ? undefined : { at, says: closed });
  return { closed: closed !== null };
}
