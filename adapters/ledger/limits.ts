import { RecoveryError } from "../../shared/errors";
import type { Write } from "../../shared/ledger/port";

/**
 * What every ledger refuses, whatever it is built on. The bounds are those of Azure Tables (100 operations
 * in a batch, each row once, 4 MiB; an entity of 1 MiB; keys of 1 KiB, all counted in UTF-16), so that a
 * batch that passes on a laptop also passes in production.
 */
const MOST_WRITES = 100;
const LONGEST_KEY = 400;
const LARGEST_ROW = 400_000;
const LARGEST_BATCH = 1_500_000;

/** A write that is ready to be stored. `json` is `null` for a removal. */
export type CheckedWrite = { key: string; json: string | null; ifVersion: string | null | undefined };

export function checkWrites(partition: string, writes: Write[]): CheckedWrite[] {
  if (writes.length > MOST_WRITES) {
    throw badWrite(
      `a batch of ${writes.length} writes in "${partition}"`,
      `Write ${MOST_WRITES} rows at most in one batch.`,
    );
  }
  checkName("partition", partition);
  const checked = writes.map(checkWrite);
  const keys = new Set(checked.map((write) => write.key));
  if (keys.size < checked.length) {
    throw badWrite(
      `a batch in "${partition}" that writes the same key twice`,
      "Put the two writes together.",
    );
  }
  const size = checked.reduce((sum, write) => sum + (write.json?.length ?? 0), 0);
  if (size > LARGEST_BATCH) {
    throw badWrite(
      `a batch of ${size} characters in "${partition}"`,
      `Write ${LARGEST_BATCH} at most at once.`,
    );
  }
  return checked;
}

/** Names must survive a round trip: not empty, not endless, and no half of a surrogate pair. */
export function checkName(what: "key" | "partition", name: string): void {
  if (name.length > 0 && name.length <= LONGEST_KEY && !/\p{Cs}/u.test(name)) return;
  throw badWrite(
    `the ${what} ${JSON.stringify(name.slice(0, 80))}`,
    `A ${what} has 1 to ${LONGEST_KEY} well-formed characters.`,
  );
}

function checkWrite(write: Write): CheckedWrite {
  const key = "put" in write ? write.put : write.remove;
  checkName("key", key);
  if ("remove" in write) return { key, json: null, ifVersion: write.ifVersion };
  const json = JSON.stringify(write.value);
  if (json.length > LARGEST_ROW) {
    throw badWrite(
      `a row "${key}" of ${json.length} characters`,
      `Keep a row below ${LARGEST_ROW}; split it or shorten it.`,
    );
  }
  return { key, json, ifVersion: write.ifVersion };
}

function badWrite(what: string, hint: string): RecoveryError {
  return new RecoveryError("LEDGER_BAD_WRITE", `The ledger refuses ${what}.`, hint);
}
