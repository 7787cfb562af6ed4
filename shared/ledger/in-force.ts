import type { EffectLine } from "../incident";
import { all } from "./change";
import type { Ledger } from "./port";
import { detailsOf, type Run } from "./record";

/** Whoever died between the write and its outcome leaves these: perhaps it is in force, so it has an owner. */
const PERHAPS = new Set<EffectLine["outcome"]>(["done", "intended", "unknown"]);

/** The steps of a pinned plan that we carried out and did not undo, as far as the ledger knows. */
export async function inForce(
  ledger: Ledger,
  incident: string,
  plan: { run: Run; number: number },
): Promise<string[]> {
  const rows = await all<EffectLine>(ledger, detailsOf(incident), `effect/${plan.run}-${plan.number}/`);
  const lines = rows.map((row) => row.value);
  const undone = new Set(
    lines
      .filter((one) => one.outcome === "done" || one.outcome === "already-so")
      .flatMap((one) => (one.step.endsWith(UNDO) ? [one.step.slice(0, -UNDO.length)] : [])),
  );
  return lines
    .filter((one) => PERHAPS.has(one.outcome) && !one.step.endsWith(UNDO) && !undone.has(one.step))
    .map((one) => one.step);
}

const UNDO = "-undo";
