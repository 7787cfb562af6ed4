import { incidentKey, listIncidents, openIncidents, type IncidentRow } from "../../shared/ledger/incidents";
import type { Ledger } from "../../shared/ledger/port";

/**
 * The incidents that people are shown: the open ones, then the latest of the others; the newest first in each,
 * `most` in all. Open ones are never left out: one that waits for people for days must stay in sight while a
 * flapping system fills the list.
 */
export async function incidentList(ledger: Ledger, most: number): Promise<IncidentRow[]> {
  // One after the other: an incident that is closed in between is then in the second list, or in both.
  const held = await openIncidents(ledger);
  const latest = await listIncidents(ledger, most);
  const byId = new Map([...held, ...latest].map((row) => [row.id, row]));
  const rows = [...byId.values()].toSorted((a, b) => (incidentKey(a.id) < incidentKey(b.id) ? -1 : 1));
  const open = rows.filter((row) => row.state !== "closed");
  const closed = rows.filter((row) => row.state === "closed");
  return [...open, ...closed.slice(0, Math.max(0, most - open.length))];
}
