import type { HistoryEvent } from "../durable/history";
import type { Database } from "./database";

export function readHistory(db: Database, n: number): HistoryEvent[] {
  return db
    .all("SELECT events FROM history WHERE n = ? ORDER BY seq", n)
    .flatMap((row) => JSON.parse(String(row["events"])) as HistoryEvent | HistoryEvent[]);
}

/** Appends events as one row, which is what a turn adds; `at` is the number of events there are. */
export function appendHistory(db: Database, n: number, at: number, events: HistoryEvent[]): void {
  if (events.length > 0) {
    db.run("INSERT INTO history (n, seq, events) VALUES (?, ?, ?)", n, at, JSON.stringify(events));
  }
}

export function deleteHistory(db: Database, n: number): void {
  db.run("DELETE FROM history WHERE n = ?", n);
}
