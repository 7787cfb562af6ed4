import type { Engine } from "./durable/engine";

/** After a crash the activities that were in flight run again; which ones is said, so that nobody has to guess. */
export function nameUnfinished(engine: Engine, activities: readonly number[]): void {
  for (const id of activities) {
    const row = engine.db.get(
      "SELECT a.name, a.task, i.id FROM activities a LEFT JOIN instances i ON i.n = a.n WHERE a.id = ?",
      id,
    );
    engine.log({
      level: "warning",
      category: "host",
      message: `Activity '${row?.["name"]}' (task ${row?.["task"]} of ${row?.["id"] ?? "an instance that is gone"}) was not finished when the last host stopped, and runs now, perhaps again.`,
    });
  }
}
