import type { Fence } from "../shared/fence";
import { systemOf, type Finding } from "../shared/finding";
import { audit } from "../shared/ledger/audit";
import { claimSystem } from "../shared/ledger/incidents";
import type { World } from "../shared/world";

export type Named = { kind: "claimed" } | { kind: "taken"; by: string } | { kind: "stale" };

/** Gives the incident its finding and the lease of its system: at most one recovery acts on a system at a time (promise 2). */
export async function nameFinding(input: { fence: Fence; finding: Finding }, world: World): Promise<Named> {
  const { fence, finding } = input;
  const named = await claimSystem(world.ledger, fence, {
    system: systemOf[finding],
    finding,
    at: world.clock.now(),
  });
  await audit(world, {
    actor: "switchover",
    action: `lease-${named.kind}`,
    subject: fence.incident,
    detail: `${systemOf[finding]} (${finding})`,
  });
  return named;
}
