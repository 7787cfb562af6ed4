import type { Changes } from "./committer";
import type { Database } from "./database";
import { freshNumber } from "./fresh-number";

/** An activity that is to run, or is running: the row goes when its result is committed. */
export type ActivityRow = {
  id: number;
  n: number;
  execution: string;
  /** The number under which the orchestration waits for it. */
  task: number;
  name: string;
  /** JSON text of the input. */
  input: string | null;
  instanceId: string;
};

export function queueActivity(
  db: Database,
  changes: Changes,
  activity: Omit<ActivityRow, "id" | "instanceId">,
): void {
  const id = freshNumber(db, "activities");
  db.run(
    "INSERT INTO activities (id, n, execution, task, name, input) VALUES (?, ?, ?, ?, ?, ?)",
    id,
    activity.n,
    activity.execution,
    activity.task,
    activity.name,
    activity.input,
  );
  changes.activities.push(id);
}

export function activityAt(db: Database, id: number): ActivityRow | undefined {
  const row = db.get(
    `SELECT a.id, a.n, a.execution, a.task, a.name, a.input, i.id AS instanceId
     FROM activities a JOIN instances i ON i.n = a.n WHERE a.id = ?`,
    id,
  );
  return row ? (row as unknown as ActivityRow) : undefined;
}

export function allActivities(db: Database): number[] {
  return db.all("SELECT id FROM activities ORDER BY id").map((row) => Number(row["id"]));
}

export function deleteActivities(db: Database, ids: number[]): void {
  for (const id of ids) {
    deleteActivity(db, id);
  }
}

/** Returns false when the row is gone: somebody else has finished or removed it. */
export function deleteActivity(db: Database, id: number): boolean {
  return db.run("DELETE FROM activities WHERE id = ?", id) > 0;
}
