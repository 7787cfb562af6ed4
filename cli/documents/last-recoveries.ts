import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import type { Finding } from "../../shared/finding";
import { listIncidents } from "../../shared/ledger/incidents";
import type { Ledger } from "../../shared/ledger/port";
import type { Instant } from "../../shared/time";

/** When each finding was last recovered from, in earnest or in a drill; nothing where it never was. */
export type LastRecoveries = ReadonlyMap<Finding, Instant>;

const MOST_INCIDENTS = 1_000;

export async function readLastRecoveries(file: string): Promise<LastRecoveries> {
  const ledger = openSqliteLedger({ file });
  try {
    return await lastRecoveries(ledger);
  } finally {
    await ledger.close();
  }
}

export async function lastRecoveries(ledger: Ledger): Promise<LastRecoveries> {
  const last = new Map<Finding, Instant>();
  for (const { finding, outcome, closedAt } of await listIncidents(ledger, MOST_INCIDENTS)) {
    if (finding === null || outcome !== "recovered" || closedAt === null) continue;
    const known = last.get(finding);
    if (known === undefined || known < closedAt) last.set(finding, closedAt);
  }
  return last;
}
