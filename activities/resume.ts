import type { Fence } from "../shared/fence";
import type { Finding } from "../shared/finding";
import { readGate } from "../shared/ledger/gates";
import { readIncident, type ByHand } from "../shared/ledger/incidents";
import { beat } from "../shared/ledger/limits";
import { effects, pinnedPlan, readWarrant } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import type { World } from "../shared/world";

/** A plan that is pinned already, and how far its decision has come. */
export type Pinned = {
  name: string;
  finding: Finding;
  target: string;
  hash: string;
  number: number;
  steps: string[];
  warrant: Warrant | null;
  /** Something has been changed already: there is no standing down without looking at that. */
  touched: boolean;
};

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
  const touched = (await effects(world.ledger, fence.incident)).length > 0;
  return {
    kind: "open",
    plans: row.number,
    byHand,
    pinned: {
      name: row.plan.name,
      finding: row.plan.finding,
      target: row.plan.target,
      hash: row.hash,
      number: row.number,
      steps: row.plan.steps.map((step) => step.id),
      warrant: (await readWarrant(world.ledger, fence.incident, "out", row.number)) ?? null,
      touched,
    },
  };
}
