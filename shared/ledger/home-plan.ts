import { readGate } from "./gates";
import type { Ledger } from "./port";
import { detailsOf, pinnedPlan } from "./record";

/** The last way home that is done with: it was undone, or the world is not what it was made for. */
type Over = { number: number };

/**
 * The number of the way home that is to be carried out next: the pinned one as long as it may still be, so that
 * an answer that people gave is not lost by a wait or a crash; otherwise a new one, with a gate of its own.
 */
export async function numberOfNextHome(ledger: Ledger, incident: string): Promise<number> {
  const row = await pinnedPlan(ledger, incident, "home");
  if (row === undefined) return 1;
  const gate = await readGate(ledger, incident, `home-${row.number}`);
  const usable = gate === undefined || gate.state === "pending" || gate.state === "granted";
  return usable && !(await homeIsOver(ledger, incident, row.number)) ? row.number : row.number + 1;
}

export async function homeIsOver(ledger: Ledger, incident: string, number: number): Promise<boolean> {
  const over = await ledger.read<Over>(detailsOf(incident), OVER);
  return over !== undefined && over.value.number >= number;
}

export async function endHome(ledger: Ledger, incident: string, number: number): Promise<void> {
  await ledger.commit(detailsOf(incident), [{ put: OVER, value: { number } satisfies Over }]);
}

const OVER = "over/home";
