import type { Database } from "./database";

type Numbered = "instances" | "activities";

const highest: Record<Numbered, string> = {
  instances: "SELECT max(n) AS highest FROM instances",
  activities: "SELECT max(id) AS highest FROM activities",
};

const given = new WeakMap<Database, Partial<Record<Numbered, number>>>();

/**
 * A row number that has not been given since the file was opened. SQLite by itself gives the number of a last row
 * that was deleted once more, while what is still in memory under it (an activity that runs, a turn, a wait) would then
 * meet, and delete, somebody else's row.
 */
export function freshNumber(db: Database, table: Numbered): number {
  const last = given.get(db) ?? {};
  const number = Math.max(Number(db.get(highest[table])?.["highest"] ?? 0), last[table] ?? 0) + 1;
  given.set(db, { ...last, [table]: number });
  return number;
}
