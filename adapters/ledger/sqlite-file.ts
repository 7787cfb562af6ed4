import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type * as Sqlite from "node:sqlite";
import { RecoveryError, textOf } from "../../shared/errors";

/**
 * Opens the ledger's file so that a commit that returned survives a power cut, or refuses. Every setting
 * is read back, because SQLite ignores what it can't do: WAL on a network share, for one (E-1, E-2).
 */
const OLDEST_SQLITE = [3, 51, 3] as const;
const LAYOUT = 1;

/** `version` is AUTOINCREMENT so that a number never returns: not after a removal, not after a crash. */
const TABLE = `
  CREATE TABLE rows (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    partition TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (partition, key)
  ) STRICT;
  PRAGMA user_version = ${LAYOUT};`;

export type FileOptions = { file: string; env: NodeJS.ProcessEnv; busyTimeoutMs: number };

export function openFile({ file, env, busyTimeoutMs }: FileOptions): Sqlite.DatabaseSync {
  refuseOnAzure(env);
  const { DatabaseSync } = sqlite();
  let database: Sqlite.DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    configure(database);
    layOut(database, file);
    return database;
  } catch (thrown) {
    database?.close();
    if (thrown instanceof RecoveryError) throw thrown;
    throw new RecoveryError(
      "LEDGER_UNAVAILABLE",
      `The ledger's file ${file} can't be opened: ${textOf(thrown)}.`,
      "Check the path, who may write there, and the free space of the disk.",
    );
  }
}

/** The disks of an instance of Azure Functions go away with it, and another instance never sees them. */
function refuseOnAzure(env: NodeJS.ProcessEnv): void {
  if (!env["WEBSITE_INSTANCE_ID"]) return;
  throw new RecoveryError(
    "LEDGER_NOT_DURABLE",
    "This process runs on Azure (WEBSITE_INSTANCE_ID is set), where a SQLite file is lost with the instance.",
    "Run it on a machine with a local disk; there is no ledger for Azure yet.",
  );
}

function sqlite(): typeof Sqlite {
  const version = process.versions["sqlite"] ?? "";
  const module = process.getBuiltinModule("node:sqlite") as typeof Sqlite | undefined;
  if (module && isAtLeast(version, OLDEST_SQLITE)) return module;
  throw new RecoveryError(
    "LEDGER_SQLITE_TOO_OLD",
    `Node ${process.version} carries SQLite ${version || "of no known version"}; the ledger needs ${OLDEST_SQLITE.join(".")}.`,
    "Run it with Node 24.21 or later: `npx node --version` shows the one that came with npm install.",
  );
}

export function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split(".").map(Number);
  for (const [at, least] of oldest.entries()) {
    const part = parts[at] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

function configure(database: Sqlite.DatabaseSync): void {
  set(database, "journal_mode", "wal", "wal");
  set(database, "synchronous", "FULL", 2);
  // Without it macOS only hands the data to the drive's cache.
  set(database, "fullfsync", "ON", 1);
  set(database, "foreign_keys", "ON", 1);
  set(database, "trusted_schema", "OFF", 0);
}

function set(database: Sqlite.DatabaseSync, pragma: string, value: string, expected: string | number): void {
  database.exec(`PRAGMA ${pragma} = ${value}`);
  const is = database.prepare(`PRAGMA ${pragma}`).get()?.[pragma];
  if (is === expected) return;
  throw new RecoveryError(
    "LEDGER_NOT_DURABLE",
    `SQLite keeps ${pragma} at ${String(is)}; the ledger needs ${value}.`,
    "Put the file on a local disk; network shares and memory can't hold the ledger.",
  );
}

function layOut(database: Sqlite.DatabaseSync, file: string): void {
  if (layoutOf(database) === LAYOUT) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    // Another process may have been first, between the look above and this lock.
    const layout = layoutOf(database);
    const tables = Number(database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"]);
    if (layout !== LAYOUT && (layout !== 0 || tables > 0)) throw foreign(file, layout);
    if (layout === 0) database.exec(TABLE);
    database.exec("COMMIT");
  } catch (thrown) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw thrown;
  }
}

function layoutOf(database: Sqlite.DatabaseSync): number {
  return Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
}

function foreign(file: string, layout: number): RecoveryError {
  return new RecoveryError(
    "LEDGER_FOREIGN_FILE",
    `${file} is a database, but not a ledger that this version reads (layout ${layout}, expected ${LAYOUT}).`,
    "Give the ledger a file of its own, or run the newer Switchover that wrote this one.",
  );
}
