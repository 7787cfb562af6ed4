import { between, type Instant } from "../time";
import { change } from "./change";
import type { Ledger } from "./port";

const PEOPLE = "people";
const MOST_TRIES = 5;
const LOCKED_FOR = 5 * 60_000;

/** Each one-time code counts once per person, whatever it is used for (RFC 6238 §5.2). */
export async function useCode(ledger: Ledger, person: string, step: number): Promise<boolean> {
  return (
    (await ledger.commit(PEOPLE, [{ put: `code/${person}/${step}`, value: {}, ifVersion: null }])) ===
    "committed"
  );
}

type Tries = { since: Instant; count: number };

/**
 * Guessing six digits must not pay: five wrong codes close the door for five minutes. A try is taken before
 * the code is looked at, so that a hundred guesses sent at once are still five. `false`: the door is closed.
 */
export async function takeTry(ledger: Ledger, person: string, now: Instant): Promise<boolean> {
  return await change<Tries, boolean>(ledger, { partition: PEOPLE, key: `wrong/${person}` }, (row) => {
    if (row === undefined || between(row.since, now) >= LOCKED_FOR)
      return { answer: true, put: { since: now, count: 1 } };
    if (row.count >= MOST_TRIES) return { answer: false };
    return { answer: true, put: { ...row, count: row.count + 1 } };
  });
}

/** For a code that was right: that try was no guess. The wrong ones before it stay counted. */
export async function giveTryBack(ledger: Ledger, person: string): Promise<void> {
  await change<Tries, void>(ledger, { partition: PEOPLE, key: `wrong/${person}` }, (row) =>
    row === undefined || row.count === 0
      ? { answer: undefined }
      : { answer: undefined, put: { ...row, count: row.count - 1 } },
  );
}

/** What is kept of a person's recovery codes: salted hashes of those that are left, and nothing else. */
type RecoveryRow = { madeAt: Instant; salt: string; hashes: string[] };

/** Replaces whatever codes the person had: a lost sheet of paper is worth nothing after enrolling again. */
export async function keepRecoveryCodes(ledger: Ledger, person: string, row: RecoveryRow): Promise<void> {
  await ledger.commit(PEOPLE, [{ put: `recovery/${person}`, value: row }]);
}

/**
 * Uses up one recovery code: how many are left, or undefined when it is not one of them. The code leaves the
 * row by a conditional write, so of two requests with the same code one finds it gone.
 */
export async function useRecoveryCode(
  ledger: Ledger,
  person: string,
  hashWith: (salt: string) => string,
): Promise<number | undefined> {
  return await change<RecoveryRow, number | undefined>(
    ledger,
    { partition: PEOPLE, key: `recovery/${person}` },
    (row) => {
      if (row === undefined) return { answer: undefined };
      const hash = hashWith(row.salt);
      const hashes = row.hashes.filter((one) => one !== hash);
      if (hashes.length === row.hashes.length) return { answer: undefined };
      return { answer: hashes.length, put: { ...row, hashes } };
    },
  );
}
