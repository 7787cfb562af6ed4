import type { System } from "../finding";
import type { Instant } from "../time";
import { all } from "./change";
import { INCIDENTS } from "./incidents";
import type { Ledger } from "./port";

/** "Do not act on this system", by a person, with a reason and an end. Honoured at every step boundary. */
export type Hold = { system: System; by: string; because: string; until: Instant };

export async function readHold(ledger: Ledger, system: System): Promise<Hold | undefined> {
  return (await ledger.read<Hold>(INCIDENTS, `hold/${system}`))?.value;
}

/** Holds that are in force at `now`. */
export async function holds(ledger: Ledger, now: Instant): Promise<Hold[]> {
  return (await all<Hold>(ledger, INCIDENTS, "hold/"))
    .map((row) => row.value)
    .filter((hold) => hold.until > now);
}

/** The latest hold counts: whoever sets one knows best for how long. */
export async function putHold(ledger: Ledger, hold: Hold): Promise<void> {
  await ledger.commit(INCIDENTS, [{ put: `hold/${hold.system}`, value: hold }]);
}

export async function releaseHold(ledger: Ledger, system: System): Promise<void> {
  await ledger.commit(INCIDENTS, [{ remove: `hold/${system}` }]);
}
