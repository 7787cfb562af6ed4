import type { ParentInstance } from "../durable/history";
import type { Database, Row } from "./database";
import { freshNumber } from "./fresh-number";

export type RuntimeStatus =
  | "Pending"
  | "Running"
  | "Completed"
  | "ContinuedAsNew"
  | "Failed"
  | "Canceled"
  | "Terminated"
  | "Suspended";

export const runtimeStatuses: readonly RuntimeStatus[] = [
  "Pending",
  "Running",
  "Completed",
  "ContinuedAsNew",
  "Failed",
  "Canceled",
  "Terminated",
  "Suspended",
];

const terminal: ReadonlySet<RuntimeStatus> = new Set(["Completed", "Failed", "Canceled", "Terminated"]);

export const isTerminal = (status: RuntimeStatus): boolean => terminal.has(status);

/** An orchestration instance. Input, custom status and output are JSON text; times are milliseconds. */
export type Instance = {
  n: number;
  id: string;
  execution: string;
  name: string;
  version: string | null;
  status: RuntimeStatus;
  input: string | null;
  customStatus: string | null;
  output: string | null;
  created: number;
  updated: number;
  parent: ParentInstance | null;
  /** What its orchestrator has asked for so far, in short; JSON text. */
  asked: string | null;
};

export type NewInstance = Omit<Instance, "n" | "status" | "customStatus" | "output" | "updated" | "asked">;

const columns =
  "n, id, execution, name, version, status, input, custom_status, output, created, updated, parent, asked";

function read(row: Row): Instance {
  return {
    n: Number(row["n"]),
    id: String(row["id"]),
    execution: String(row["execution"]),
    name: String(row["name"]),
    version: row["version"] as string | null,
    status: row["status"] as RuntimeStatus,
    input: row["input"] as string | null,
    customStatus: row["custom_status"] as string | null,
    output: row["output"] as string | null,
    created: Number(row["created"]),
    updated: Number(row["updated"]),
    parent: row["parent"] === null ? null : (JSON.parse(String(row["parent"])) as ParentInstance),
    asked: row["asked"] as string | null,
  };
}

export function findInstance(db: Database, id: string): Instance | undefined {
  const row = db.get(`SELECT ${columns} FROM instances WHERE id = ?`, id);
  return row ? read(row) : undefined;
}

export function instanceAt(db: Database, n: number): Instance | undefined {
  const row = db.get(`SELECT ${columns} FROM instances WHERE n = ?`, n);
  return row ? read(row) : undefined;
}

/** Which execution runs and how it stands, without reading the rest. */
export function standingOf(db: Database, n: number): Pick<Instance, "execution" | "status"> | undefined {
  const row = db.get("SELECT execution, status FROM instances WHERE n = ?", n);
  return row as Pick<Instance, "execution" | "status"> | undefined;
}

export function insertInstance(db: Database, instance: NewInstance): number {
  const n = freshNumber(db, "instances");
  db.run(
    `INSERT INTO instances (n, id, execution, name, version, status, input, created, updated, parent)
     VALUES (?, ?, ?, ?, ?, 'Pending', ?, ?, ?, ?)`,
    n,
    instance.id,
    instance.execution,
    instance.name,
    instance.version,
    instance.input,
    instance.created,
    instance.created,
    instance.parent ? JSON.stringify(instance.parent) : null,
  );
  return n;
}

/** Writes what a turn may change. */
export function updateInstance(db: Database, instance: Instance): void {
  db.run(
    `UPDATE instances SET execution = ?, status = ?, input = ?, custom_status = ?, output = ?, created = ?,
     updated = ?, asked = ? WHERE n = ?`,
    instance.execution,
    instance.status,
    instance.input,
    instance.customStatus,
    instance.output,
    instance.created,
    instance.updated,
    instance.asked,
    instance.n,
  );
}

/** Removes an instance with its history, messages, timers and activities that have not begun. */
export function deleteInstance(db: Database, n: number): void {
  db.run("DELETE FROM activities WHERE n = ?", n);
  db.run("DELETE FROM instances WHERE n = ?", n);
}

export type InstanceFilter = {
  statuses?: RuntimeStatus[];
  createdFrom?: number;
  createdTo?: number;
  prefix?: string;
  /** Pages go by id, as the real engine's do: only ids after this one, in their order. Else in the order they were made. */
  after?: string;
  limit?: number;
};

export function listInstances(db: Database, filter: InstanceFilter = {}): Instance[] {
  const { after } = filter;
  const where: string[] = [after === undefined ? "TRUE" : "id > ?"];
  const values: (string | number)[] = after === undefined ? [] : [after];
  if (filter.statuses?.length) {
    where.push(`status IN (${filter.statuses.map(() => "?").join(", ")})`);
    values.push(...filter.statuses);
  }
  if (filter.createdFrom !== undefined) {
    where.push("created >= ?");
    values.push(filter.createdFrom);
  }
  if (filter.createdTo !== undefined) {
    where.push("created <= ?");
    values.push(filter.createdTo);
  }
  if (filter.prefix) {
    where.push("substr(id, 1, ?) = ?");
    values.push(filter.prefix.length, filter.prefix);
  }
  const limit = filter.limit ?? -1;
  return db
    .all(
      `SELECT ${columns} FROM instances WHERE ${where.join(" AND ")} ORDER BY ${after === undefined ? "n" : "id"} LIMIT ?`,
      ...values,
      limit,
    )
    .map(read);
}
