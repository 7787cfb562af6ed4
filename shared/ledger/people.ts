import { between, type Instant } from "../time";
import { change } from "./change";
import type { Ledger } from "./port";

const PEOPLE = "people";
const WRONG_CODES = 5;
const LOCKED_FOR = 5 * 60_000;

/** Each one-time code counts once per person, whatever it is used for (RFC 6238 §5.2). */
export async function useCode(ledger: Ledger, person: string, step: number): Promise<boolean> {
  return (
    (await ledger.commit(PEOPLE, [{ put: `code/${person}/${step}`, value: {}, ifVersion: null }])) ===
    "committed"
  );
}

type Wrong = { since: Instant; count: number };

/** Guessing six digits must not pay: five wrong codes close the door for five minutes. */
export async function lockedOut(ledger: Ledger, person: string, now: Instant): Promise<boolean> {
  const row = await ledger.read<Wrong>(PEOPLE, `wrong/${person}`);
  return row !== undefined && row.value.count >= WRONG_CODES && between(row.value.since, now) < LOCKED_FOR;
}

export async function countWrongCode(ledger: Ledger, person: string, now: Instant): Promise<void> {
  await change<Wrong, void>(ledger, { partition: PEOPLE, key: `wrong/${person}` }, (row) => {
    const fresh = row === undefined || between(row.since, now) >= LOCKED_FOR;
    return { answer: undefined, put: fresh ? { since: now, count: 1 } : { ...row, count: row.count + 1 } };
  });
}
