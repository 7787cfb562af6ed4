import type { Fence } from "../shared/fence";
import { readGate } from "../shared/ledger/gates";
import { inForce } from "../shared/ledger/in-force";
import { readIncident, type ByHand } from "../shared/ledger/incidents";
import { beat } from "../shared/ledger/limits";
import { pinnedPlan } from "../shared/ledger/record";
import { pinnedOf, type Pinned } from "../shared/pinned";
import type { World } from "../shared/world";

/** `plans`: how many plans were pinned so far, void ones included. */
export type Resumed =
  | { kind: "stale" }
  | { kind: "open"; plans: number; pinned: Pinned | null; byHand: ByHand | null };

/** What the ledger knows of the incident: where a successor goes on. The first orchestration finds nothing pinned. */
export async function resume(input: { fence: Fence }, world: World): Promise<Resumed> {
  const { fence } = input;
  await beat(world.ledger, fence.instance, world.clock.now());
  const incident = await readIncident(world.ledger, fence.incident);
  if (incident === undefined || incident.epoch !== fence.epoch || incident.state === "closed")
    return { kind: "stale" };
  // Incidents of an older version have no such member.
  const byHand = incident.byHand ?? null;
  const row = await pinnedPlan(world.ledger, fence.incident, "out");
  if (row === undefined) return { kind: "open", plans: 0, pinned: null, byHand };
  const gate = await readGate(world.ledger, fence.incident, `out-${row.number}`);
  // A voided plan is history: its successor diagnoses again.
  if (gate?.state === "void") return { kind: "open", plans: row.number, pinned: null, byHand };
  const touched = (await inForce(world.ledger, fence.incident, row)).length > 0;
  return {
    kind: "open",
    plans: row.number,
    byHand,
    pinned: pinnedOf(row, touched),
  };
}
