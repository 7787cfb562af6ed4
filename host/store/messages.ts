import type { HistoryEvent } from "../durable/history";
import type { Changes } from "./committer";
import type { Database, Row } from "./database";

/** A message waiting for an instance's next turn. Without an event it asks for the first call after continue-as-new. */
export type Message = {
  id: number;
  /** The execution it is meant for; null for one from a client, which is for whichever runs. */
  execution: string | null;
  event: HistoryEvent | null;
  /** Since when it has been due, in milliseconds. */
  due: number;
};

type Outgoing = { n: number; execution: string | null; event: HistoryEvent | null };

const insert = "INSERT INTO inbox (n, execution, timer, due, event) VALUES (?, ?, ?, ?, ?)";

const text = (event: HistoryEvent | null) => (event ? JSON.stringify(event) : null);

/** Sends a message that is to be processed now. `now` orders it among the others. */
export function sendMessage(db: Database, changes: Changes, now: number, message: Outgoing): void {
  db.run(insert, message.n, message.execution, 0, now, text(message.event));
  changes.wake.add(message.n);
}

/** Sends a message that is to be processed at `due`, in milliseconds. */
export function sendTimer(db: Database, changes: Changes, due: number, message: Outgoing): void {
  db.run(insert, message.n, message.execution, 1, due, text(message.event));
  changes.timers.push(due);
}

/** Sends a message that is to be processed at `due`, which is now unless it is made to come late. */
export function send(db: Database, changes: Changes, now: number, due: number, message: Outgoing): void {
  if (due > now) {
    sendTimer(db, changes, due, message);
  } else {
    sendMessage(db, changes, now, message);
  }
}

function read(row: Row): Message {
  return {
    id: Number(row["id"]),
    execution: row["execution"] as string | null,
    event: row["event"] === null ? null : (JSON.parse(String(row["event"])) as HistoryEvent),
    due: Number(row["due"]),
  };
}

/** What an instance has to process at `now`, in the order of arrival. */
export function dueMessages(db: Database, n: number, now: number): Message[] {
  return db
    .all(
      "SELECT id, execution, event, due FROM inbox WHERE n = ? AND (timer = 0 OR due <= ?) ORDER BY due, id",
      n,
      now,
    )
    .map(read);
}

export function deleteMessages(db: Database, messages: Message[]): void {
  for (const { id } of messages) {
    db.run("DELETE FROM inbox WHERE id = ?", id);
  }
}

export function deleteAllMessages(db: Database, n: number): void {
  db.run("DELETE FROM inbox WHERE n = ?", n);
}

/** The instances that have something to process at `now`, the longest waiting first. */
export function instancesWithWork(db: Database, now: number): number[] {
  return db
    .all("SELECT n FROM inbox WHERE timer = 0 OR due <= ? GROUP BY n ORDER BY min(due), min(id)", now)
    .map((row) => Number(row["n"]));
}

/** The instances whose timers have come due. */
export function instancesWithDueTimers(db: Database, now: number): number[] {
  return db
    .all("SELECT DISTINCT n FROM inbox WHERE timer = 1 AND due <= ? ORDER BY due, id", now)
    .map((row) => Number(row["n"]));
}

/** The first timer after `now`, in milliseconds. */
export function nextTimer(db: Database, now: number): number | undefined {
  const due = db.get("SELECT min(due) AS due FROM inbox WHERE timer = 1 AND due > ?", now)?.["due"];
  return typeof due === "number" ? due : undefined;
}
