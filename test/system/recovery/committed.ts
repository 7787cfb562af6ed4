import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../../adapters/ledger/sqlite";
import type { IncidentDetail } from "../../../shared/incident";
import type { AlertRow } from "../../../shared/ledger/alerts";
import { incidentDetail } from "../../../shared/ledger/detail";
import { listIncidents } from "../../../shared/ledger/incidents";
import type { Ledger } from "../../../shared/ledger/port";

/** The newest incident as a dead engine had committed it. */
export async function committedIncident(state: string): Promise<IncidentDetail | undefined> {
  return await fromCopy(state, async (ledger) => {
    const [newest] = await listIncidents(ledger, 1);
    return newest === undefined ? undefined : await incidentDetail(ledger, newest.id);
  });
}

/** Every alert that the intake had accepted, in the order of the ids. */
export async function committedAlerts(state: string): Promise<AlertRow[]> {
  return await fromCopy(state, async (ledger) => {
    const rows = await ledger.list<AlertRow>("alerts", { prefix: "alert/", limit: 200 });
    return rows.map((row) => row.value);
  });
}

/** Read from a copy: opening the files themselves would recover the write-ahead log, which is the next start's to do. */
async function fromCopy<T>(state: string, read: (ledger: Ledger) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "switchover-copy-"));
  try {
    for (const file of ["ledger.db", "ledger.db-wal"]) {
      if (existsSync(join(state, file))) copyFileSync(join(state, file), join(folder, file));
    }
    const ledger = openSqliteLedger({ file: join(folder, "ledger.db") });
    try {
      return await read(ledger);
    } finally {
      await ledger.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
