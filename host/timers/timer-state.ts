import type { Database } from "../store/database";

/** What is remembered of a timer trigger. Milliseconds. */
export type TimerState = { schedule: string; last: number | null; next: number; updated: number };

export function readTimerState(db: Database, name: string): TimerState | undefined {
  const row = db.get("SELECT schedule, last, next, updated FROM timer_triggers WHERE name = ?", name);
  return row ? (row as unknown as TimerState) : undefined;
}

export function writeTimerState(db: Database, name: string, state: TimerState): void {
  db.run(
    `INSERT INTO timer_triggers (name, schedule, last, next, updated) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET schedule = excluded.schedule, last = excluded.last, next = excluded.next,
     updated = excluded.updated`,
    name,
    state.schedule,
    state.last,
    state.next,
    state.updated,
  );
}
