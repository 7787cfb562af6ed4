import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openSqliteLedger } from "../adapters/ledger/sqlite";
import { RecoveryError } from "../shared/errors";
import type { Ledger } from "../shared/ledger/port";

/** Where the host keeps its state: a command that reads or changes it must look at the very same folder. */
export function stateFolder(): string {
  return resolve(process.env["SWITCHOVER_STATE"] ?? ".switchover");
}

/**
 * The host's ledger, for a command beside it. Never a new one: its chain would hold because it is empty, and
 * codes would be enrolled in it that no host ever hears of.
 */
export function existingLedger(state: string): Ledger {
  const file = join(state, "ledger.db");
  if (existsSync(file)) return openSqliteLedger({ file });
  throw new RecoveryError(
    "LEDGER_UNAVAILABLE",
    `There is no ledger at ${file}.`,
    "Set SWITCHOVER_STATE to the host's state folder, or run this where the host runs; the host makes its ledger within a minute of its first start.",
  );
}
