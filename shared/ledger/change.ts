import { RecoveryError } from "../errors";
import type { Ledger, Row, Write } from "./port";

const TRIES = 20;

/**
 * Reads one row, asks `decide` what to write in its partition, and commits it on the condition that
 * the row is still the same; on a conflict it looks again. `decide` returns the answer alone to write
 * nothing. `writes` need no condition on the row itself: it is added here.
 */
export async function change<T extends object, R>(
  ledger: Ledger,
  at: { partition: string; key: string },
  decide: (
    row: T | undefined,
  ) => { answer: R; put?: T; also?: Write[] } | Promise<{ answer: R; put?: T; also?: Write[] }>,
): Promise<R> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const row: Row<T> | undefined = await ledger.read<T>(at.partition, at.key);
    const { answer, put, also = [] } = await decide(row?.value);
    if (put === undefined) return answer;
    const writes: Write[] = [{ put: at.key, value: put, ifVersion: row?.version ?? null }, ...also];
    if ((await ledger.commit(at.partition, writes)) === "committed") return answer;
  }
  throw new RecoveryError(
    "LEDGER_CONTENDED",
    `${at.partition}/${at.key} changed under us ${TRIES} times in a row.`,
    "Look for two engines on one ledger; the call is safe to repeat.",
  );
}

/** All rows below a prefix, page by page. `most` bounds what a caller can be given. */
export async function all<T extends object>(
  ledger: Ledger,
  partition: string,
  prefix: string,
  most = 1_000,
): Promise<Row<T>[]> {
  const rows: Row<T>[] = [];
  let after: string | undefined;
  while (rows.length < most) {
    const page: Row<T>[] = await ledger.list<T>(partition, {
      prefix,
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    rows.push(...page);
    if (page.length < 100) break;
    after = page.at(-1)?.key;
  }
  return rows.slice(0, most);
}
