import type { Instant } from "../time";
import { all } from "./change";
import type { Ledger } from "./port";

const ALERTS = "alerts";

/** An accepted alert. It ends with a disposition: the incident it is part of, or a written reason why not. */
export type AlertRow = {
  id: string;
  receivedAt: Instant;
  /** SHA-256 of the raw body: the same id with another body is an alarm, not a repetition. */
  bodyHash: string;
  type: string;
  host: string;
  service: string | null;
  state: string;
  says: string;
  disposition: { incident: string | null; because: string; at: Instant } | null;
};

/** Durable before the 2xx. `new`, `same` (a replay), or `different` (this id came with another body). */
export async function acceptAlert(ledger: Ledger, alert: AlertRow): Promise<"new" | "same" | "different"> {
  const done = await ledger.commit(ALERTS, [
    { put: `alert/${alert.id}`, value: alert, ifVersion: null },
    ...(alert.disposition === null
      ? [{ put: `open/${alert.id}`, value: { at: alert.receivedAt }, ifVersion: null }]
      : []),
  ]);
  if (done === "committed") return "new";
  const known = await ledger.read<AlertRow>(ALERTS, `alert/${alert.id}`);
  return known?.value.bodyHash === alert.bodyHash ? "same" : "different";
}

/** Accepted alerts that nobody has answered yet, oldest id first. The sweep looks here on every tick. */
export async function unansweredAlerts(ledger: Ledger): Promise<AlertRow[]> {
  const open = await all<{ at: Instant }>(ledger, ALERTS, "open/", 200);
  const rows = await Promise.all(
    open.map((row) => ledger.read<AlertRow>(ALERTS, `alert/${row.key.slice("open/".length)}`)),
  );
  return rows.flatMap((row) => (row === undefined ? [] : [row.value]));
}

export async function readAlert(ledger: Ledger, id: string): Promise<AlertRow | undefined> {
  return (await ledger.read<AlertRow>(ALERTS, `alert/${id}`))?.value;
}

/** Writes what became of the alert, once; a second disposition changes nothing. */
export async function disposeAlert(
  ledger: Ledger,
  id: string,
  disposition: { incident: string | null; because: string; at: Instant },
): Promise<void> {
  const row = await ledger.read<AlertRow>(ALERTS, `alert/${id}`);
  if (row === undefined || row.value.disposition !== null) return;
  await ledger.commit(ALERTS, [
    { put: `alert/${id}`, value: { ...row.value, disposition }, ifVersion: row.version },
    { remove: `open/${id}` },
  ]);
}
