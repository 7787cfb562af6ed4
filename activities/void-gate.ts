import type { Fence } from "../shared/fence";
import type { GateState } from "../shared/gate";
import { audit } from "../shared/ledger/audit";
import { endGate } from "../shared/ledger/gates";
import type { World } from "../shared/world";

/** Ends a question that makes no sense any more. When people decided it in the meantime, their decision is the answer. */
export async function voidGate(
  input: { fence: Fence; gate: string; says: string },
  world: World,
): Promise<{ state: GateState; says: string }> {
  const { fence, gate, says } = input;
  const ended = await endGate(world.ledger, fence.incident, gate, {
    state: "void",
    says,
    at: world.clock.now(),
  });
  await audit(world, {
    actor: "switchover",
    action: "gate-ended",
    subject: fence.incident,
    detail: `${gate}: ${ended?.state ?? "unknown"}`,
  });
  return { state: ended?.state ?? "void", says: ended?.says ?? says };
}
