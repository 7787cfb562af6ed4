/**
 * The ledger's port: a small conditional store. Each call is a read, or one batch of conditional
 * writes inside one partition, because that is all that Azure Tables promises (design §6): no joins,
 * no transaction across partitions. What the rows mean is the business of the other files here.
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json | undefined };

/** A row and its version. A version is opaque; it changes with every write of the row. */
export type Row<T> = { key: string; value: T; version: string };

export type Write =
  /** `ifVersion`: only if the row still has this version; `null`: only if there is no such row; left out: whatever is there. */
  { put: string; value: object; ifVersion?: string | null } | { remove: string; ifVersion?: string };

export type Range = { prefix?: string; after?: string; limit: number };

export type Ledger = {
  read<T extends object>(partition: string, key: string): Promise<Row<T> | undefined>;
  /** Rows whose key begins with `prefix`, in key order, after `after`, `limit` at most. */
  list<T extends object>(partition: string, range: Range): Promise<Row<T>[]>;
  /** All writes (100 at most), or none: `"conflict"` when a condition did not hold. Durable once it returns. */
  commit(partition: string, writes: Write[]): Promise<"committed" | "conflict">;
  close(): Promise<void>;
};
