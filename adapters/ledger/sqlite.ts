import type { DatabaseSync, StatementSync } from "node:sqlite";
import { RecoveryError, textOf } from "../../shared/errors";
import type { Ledger, Range, Row, Write } from "../../shared/ledger/port";
import { checkName, checkWrites, type CheckedWrite } from "./limits";
import { openFile } from "./sqlite-file";

export type SqliteLedgerOptions = {
  file: string;
  /** Where the process's settings are read; `process.env` when left out. */
  env?: NodeJS.ProcessEnv;
  /** How long another process's write is waited for. Waiting blocks this process. */
  busyTimeoutMs?: number;
};

/**
 * The ledger on one machine: a SQLite file, one table. Several processes may open the same file; one
 * writes at a time. Throws `LEDGER_NOT_DURABLE`, `LEDGER_SQLITE_TOO_OLD`, `LEDGER_FOREIGN_FILE` or
 * `LEDGER_UNAVAILABLE` when a commit could not be promised to last.
 */
export function openSqliteLedger({
  file,
  env = process.env,
  busyTimeoutMs = 5_000,
}: SqliteLedgerOptions): Ledger {
  const database = openFile({ file, env, busyTimeoutMs });
  const statements = prepare(database);
  const run = <T>(work: () => T): T => {
    if (!database.isOpen) throw closed(file);
    try {
      return work();
    } catch (thrown) {
      throw thrown instanceof RecoveryError ? thrown : unavailable(file, thrown);
    }
  };
  return {
    read: async <T extends object>(partition: string, key: string) =>
      run(() => read<T>(statements, partition, key)),
    list: async <T extends object>(partition: string, range: Range) =>
      run(() => list<T>(statements, partition, range)),
    commit: async (partition, writes) => run(() => commit(database, statements, partition, writes)),
    close: async () => {
      if (database.isOpen) database.close();
    },
  };
}

type Statements = Record<"read" | "list" | "version" | "put" | "remove", StatementSync>;

function prepare(database: DatabaseSync): Statements {
  return {
    read: database.prepare("SELECT key, value, version FROM rows WHERE partition = ? AND key = ?"),
    list: database.prepare(
      "SELECT key, value, version FROM rows WHERE partition = ? AND key >= max(?, ?) AND key > ? ORDER BY key LIMIT ?",
    ),
    version: database.prepare("SELECT version FROM rows WHERE partition = ? AND key = ?"),
    put: database.prepare("INSERT OR REPLACE INTO rows (partition, key, value) VALUES (?, ?, ?)"),
    remove: database.prepare("DELETE FROM rows WHERE partition = ? AND key = ?"),
  };
}

type StoredRow = { key: string; value: string; version: number };

function read<T extends object>(statements: Statements, partition: string, key: string): Row<T> | undefined {
  checkName("partition", partition);
  checkName("key", key);
  const stored = statements.read.get(partition, key) as StoredRow | undefined;
  return stored && rowOf<T>(stored);
}

function list<T extends object>(statements: Statements, partition: string, range: Range): Row<T>[] {
  checkName("partition", partition);
  const { prefix = "", after = "", limit } = range;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RecoveryError(
      "LEDGER_BAD_RANGE",
      `A list of ${limit} rows makes no sense.`,
      "Give a limit of 1 or more.",
    );
  }
  const rows: Row<T>[] = [];
  for (const stored of statements.list.iterate(partition, prefix, after, after, limit)) {
    const row = stored as StoredRow;
    if (!row.key.startsWith(prefix)) break;
    rows.push(rowOf<T>(row));
  }
  return rows;
}

function rowOf<T extends object>({ key, value, version }: StoredRow): Row<T> {
  return { key, value: JSON.parse(value) as T, version: String(version) };
}

function commit(
  database: DatabaseSync,
  statements: Statements,
  partition: string,
  writes: Write[],
): "committed" | "conflict" {
  const checked = checkWrites(partition, writes);
  // IMMEDIATE takes the write lock before the first condition is read: what was compared still holds at the end.
  database.exec("BEGIN IMMEDIATE");
  try {
    if (!checked.every((write) => holds(statements, partition, write))) {
      database.exec("ROLLBACK");
      return "conflict";
    }
    for (const { key, json } of checked) {
      if (json === null) statements.remove.run(partition, key);
      else statements.put.run(partition, key, json);
    }
    database.exec("COMMIT");
    return "committed";
  } catch (thrown) {
    // SQLite rolls back by itself when the disk is full; a second ROLLBACK would hide the real error.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw thrown;
  }
}

function holds(statements: Statements, partition: string, { key, ifVersion }: CheckedWrite): boolean {
  if (ifVersion === undefined) return true;
  const stored = statements.version.get(partition, key) as { version: number } | undefined;
  return ifVersion === (stored ? String(stored.version) : null);
}

function closed(file: string): RecoveryError {
  return new RecoveryError(
    "LEDGER_CLOSED",
    `The ledger ${file} was closed.`,
    "Open it again before it is used.",
  );
}

/** SQLite's own word, such as "database is locked" or "database or disk is full", is the diagnosis. */
function unavailable(file: string, thrown: unknown): RecoveryError {
  return new RecoveryError(
    "LEDGER_UNAVAILABLE",
    `The ledger ${file} did not take the call: ${textOf(thrown)}.`,
    "Nothing was written. Check the disk, and whether another process holds the file.",
  );
}
