import { HostError } from "../host-error";

/** Older ones can lose a committed transaction when a write-ahead log is reset (fixed in SQLite 3.51.3). */
const oldestSqlite = [3, 51, 3] as const;

export function refuseOldSqlite(version: string): void {
  const parts = version.split(".").map(Number);
  for (const [at, least] of oldestSqlite.entries()) {
    const part = parts[at] ?? 0;
    if (part > least) {
      return;
    }
    if (part < least) {
      throw new HostError(
        "state-unusable",
        `SQLite ${version} is too old to hold the state: ${oldestSqlite.join(".")} is needed, so run a newer Node.js than ${process.version}.`,
      );
    }
  }
}

/** What each promise of the host rests on; the key is the pragma, the value what it must read back. */
const promises: Record<string, string | number> = {
  journal_mode: "wal",
  synchronous: 2,
  foreign_keys: 1,
  trusted_schema: 0,
  locking_mode: "exclusive",
};

/** Refuses a database that did not take a setting, instead of running with weaker promises than we make. */
export function refuseWeakSettings(file: string, read: (pragma: string) => unknown): void {
  for (const [pragma, expected] of Object.entries(promises)) {
    const value = read(pragma);
    if (value !== expected) {
      throw new HostError(
        "state-unusable",
        `The state file ${file} can't keep its promises: SQLite's ${pragma} is ${String(value)} and must be ${expected}; put it on a local disk.`,
      );
    }
  }
}
