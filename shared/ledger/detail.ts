import type { IncidentDetail, IncidentSummary, OpenItem } from "../incident";
import { gates } from "./gates";
import { readIncident, type IncidentRow } from "./incidents";
import { readItem } from "./items";
import type { Ledger } from "./port";
import { effects, lastLook, pinnedPlan, timeline } from "./record";

export function summaryOf(row: IncidentRow): IncidentSummary {
  const { id, system, finding, state, outcome, openedAt, closedAt, says } = row;
  return { id, system, finding, state, outcome, openedAt, closedAt, says };
}

/** Everything the ledger knows of one incident, as `GET /api/incidents/{id}` answers it. */
export async function incidentDetail(ledger: Ledger, id: string): Promise<IncidentDetail | undefined> {
  const row = await readIncident(ledger, id);
  if (row === undefined) return undefined;
  const [lines, look, plan, asked, made, item] = await Promise.all([
    timeline(ledger, id),
    lastLook(ledger, id),
    pinnedPlan(ledger, id, "out"),
    gates(ledger, id),
    effects(ledger, id),
    readItem(ledger, id),
  ]);
  return {
    ...summaryOf(row),
    timeline: lines,
    observations: look?.observations ?? [],
    plan: plan?.plan ?? null,
    gates: asked,
    exposures: item === undefined ? [] : [exposureOf(item)],
    effects: made,
  };
}

function exposureOf({ id, says, owner, openedAt, dueAt, closedAt, closedSays }: OpenItem): OpenItem {
  return { id, says, owner, openedAt, dueAt, closedAt, closedSays };
}
