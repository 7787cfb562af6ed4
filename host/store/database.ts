import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { HostError } from "../host-error";
import { openError } from "./open-error";
import { fromVersionBefore, schema, schemaVersion } from "./schema";
import { refuseOldSqlite, refuseWeakSettings } from "./settings-check";

/** Marks the file as ours, so that another program's database is not taken for a state file. */
const applicationId = 0x53_57_48_31;

export type Row = Record<string, string | number | null>;

/** The state file, open and ours alone. Statements are prepared once. */
export type Database = {
  file: string;
  all(sql: string, ...values: (string | number | null)[]): Row[];
  get(sql: string, ...values: (string | number | null)[]): Row | undefined;
  run(sql: string, ...values: (string | number | null)[]): number;
  /** Runs one statement that has no values. */
  exec(sql: string): void;
  close(): void;
};

/**
 * Opens or creates the state file. The exclusive lock of SQLite is the start-up lock: the kernel drops it when the
 * process dies, however it dies, and closing the file drops it within a process.
 * Throws a HostError that says what is wrong with the file. `verify` reads the whole file for damage.
 */
export function openDatabase(file: string, options: { verify?: boolean } = {}): Database {
  let db: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    createPrivate(file);
    db = new DatabaseSync(file, { timeout: 0, enableForeignKeyConstraints: true });
    configure(file, db);
    prepareSchema(file, db);
    if (options.verify) {
      verify(file, db);
    }
    return wrap(file, db);
  } catch (error) {
    if (db?.isOpen) {
      db.close();
    }
    throw error instanceof HostError ? error : openError(file, error);
  }
}

/**
 * The file holds the keys of the host: it is for its owner only, and so is the log that SQLite puts beside it.
 * An existing file is not touched: closing any descriptor of a file drops this process's locks on it, and with them
 * the lock of a host that runs in this process.
 */
function createPrivate(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error;
    }
  }
}

function pragma(db: DatabaseSync, name: string): unknown {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return row ? Object.values(row)[0] : undefined;
}

function configure(file: string, db: DatabaseSync): void {
  refuseOldSqlite(String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]));
  // The lock comes first: a write-ahead log opened under it needs no shared memory, and nobody else gets in between.
  db.exec("PRAGMA locking_mode = EXCLUSIVE");
  pragma(db, "journal_mode = WAL");
  db.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
  db.exec("PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 16777216");
  db.exec("BEGIN IMMEDIATE; COMMIT");
  refuseWeakSettings(file, (name) => pragma(db, name));
}

function prepareSchema(file: string, db: DatabaseSync): void {
  const found = pragma(db, "user_version");
  const tables = db.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.["tables"];
  if (found === 0 && tables === 0) {
    db.exec(`BEGIN IMMEDIATE; ${schema};
      PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
    return;
  }
  if (pragma(db, "application_id") !== applicationId) {
    throw new HostError(
      "state-corrupt",
      `The file ${file} is another program's database, not a host's state.`,
    );
  }
  if (found === schemaVersion - 1) {
    db.exec(`BEGIN IMMEDIATE; ${fromVersionBefore}; PRAGMA user_version = ${schemaVersion}; COMMIT`);
    return;
  }
  if (found !== schemaVersion) {
    throw new HostError(
      "state-unusable",
      `The state file ${file} has format ${String(found)} and this host knows ${schemaVersion}: use the host that wrote it.`,
    );
  }
}

function verify(file: string, db: DatabaseSync): void {
  const result = pragma(db, "quick_check(1)");
  if (result !== "ok") {
    throw new HostError(
      "state-corrupt",
      `The state file ${file} is damaged (${String(result)}): move it away and start afresh, or restore a copy.`,
    );
  }
}

function wrap(file: string, db: DatabaseSync): Database {
  const statements = new Map<string, StatementSync>();
  const prepared = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    file,
    all: (sql, ...values) => prepared(sql).all(...values) as Row[],
    get: (sql, ...values) => prepared(sql).get(...values) as Row | undefined,
    run: (sql, ...values) => Number(prepared(sql).run(...values).changes),
    exec: (sql) => {
      prepared(sql).run();
    },
    close: () => db.close(),
  };
}
