import type { HistoryEvent } from "../durable/history";
import type { Database } from "./database";

export function readHistory(db: Database, n: number): HistoryEvent[] {
  return db
    .all("SELECT event FROM history WHERE n = ? ORDER BY seq", n)
    .map((row) => JSON.parse(String(row["event"])) as HistoryEvent);
}

/** Appends events; `at` is the number of events there are. */
export function appendHistory(db: Database, n: number, at: number, events: HistoryEvent[]): void {
  for (const [offset, event] of events.entries()) {
    db.run("INSERT INTO history (n, seq, event) VALUES (?, ?, ?)", n, at + offset, JSON.stringify(event));
  }
}

export function deleteHistory(db: Database, n: number): void {
  db.run("DELETE FROM history WHERE n = ?", n);
}
