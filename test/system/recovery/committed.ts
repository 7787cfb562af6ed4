import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../../adapters/ledger/sqlite";
import type { IncidentDetail } from "../../../shared/incident";
import { incidentDetail } from "../../../shared/ledger/detail";
import { listIncidents } from "../../../shared/ledger/incidents";

/**
 * The newest incident as a dead engine had committed it. Read from a copy: opening the files themselves would
 * recover the write-ahead log, which is the next start's to do.
 */
export async function committedIncident(state: string): Promise<IncidentDetail | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "switchover-copy-"));
  try {
    for (const file of ["ledger.db", "ledger.db-wal"]) {
      if (existsSync(join(state, file))) copyFileSync(join(state, file), join(folder, file));
    }
    const ledger = openSqliteLedger({ file: join(folder, "ledger.db") });
    try {
      const [newest] = await listIncidents(ledger, 1);
      return newest === undefined ? undefined : await incidentDetail(ledger, newest.id);
    } finally {
      await ledger.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
