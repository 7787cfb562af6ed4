import type { EffectLine, TimelineLine } from "../incident";
import type { Look } from "../observation";
import type { PinnedPlan } from "../plan";
import { all } from "./change";
import type { Ledger } from "./port";
import type { Warrant } from "./warrant";

/** Everything of one incident but its summary lives in one partition, so that each stage is one batch. */
export function detailsOf(incident: string): string {
  return `incident:${incident}`;
}

/** Which plan of the incident: the way out, or the way home. */
export type Run = "out" | "home";

/** A plan as it was pinned, and its hash. Pinned once per number; a changed plan has the next number. */
export type PlanRow = { run: Run; number: number; hash: string; plan: PinnedPlan };

export async function addLine(
  ledger: Ledger,
  incident: string,
  key: string,
  line: TimelineLine,
): Promise<boolean> {
  const done = await ledger.commit(detailsOf(incident), [
    { put: `timeline/${key}`, value: line, ifVersion: null },
  ]);
  return done === "committed";
}

export async function timeline(ledger: Ledger, incident: string): Promise<TimelineLine[]> {
  const lines = (await all<TimelineLine>(ledger, detailsOf(incident), "timeline/")).map((row) => row.value);
  return lines.sort((a, b) => a.at.localeCompare(b.at));
}

export async function keepLook(ledger: Ledger, incident: string, look: Look): Promise<void> {
  await ledger.commit(detailsOf(incident), [{ put: "look", value: look }]);
}

export async function lastLook(ledger: Ledger, incident: string): Promise<Look | undefined> {
  return (await ledger.read<Look>(detailsOf(incident), "look"))?.value;
}

export async function pinnedPlan(ledger: Ledger, incident: string, run: Run): Promise<PlanRow | undefined> {
  return (await ledger.read<PlanRow>(detailsOf(incident), `plan/${run}`))?.value;
}

/** The plan of this hash, also when a later one has taken its place. */
export async function planOfHash(
  ledger: Ledger,
  incident: string,
  hash: string,
): Promise<PlanRow | undefined> {
  return (await ledger.read<PlanRow>(detailsOf(incident), `pinned/${hash}`))?.value;
}

/** Pins a plan, or finds the same one pinned already (a repeated activity). */
export async function pin(ledger: Ledger, row: PlanRow): Promise<PlanRow> {
  const at = { partition: detailsOf(row.plan.incident), key: `plan/${row.run}` };
  for (;;) {
    const known = await ledger.read<PlanRow>(at.partition, at.key);
    if (known !== undefined && known.value.number >= row.number) return known.value;
    const done = await ledger.commit(at.partition, [
      { put: at.key, value: row, ifVersion: known?.version ?? null },
      // Kept for the page behind a link to an earlier plan: it shows what was asked then.
      { put: `pinned/${row.hash}`, value: row },
    ]);
    if (done === "committed") return row;
  }
}

/** How the pinned plan may be carried out, decided once: a successor finds the same answer. */
export async function decideWarrant(
  ledger: Ledger,
  incident: string,
  run: Run,
  number: number,
  warrant: Warrant,
): Promise<Warrant> {
  await ledger.commit(detailsOf(incident), [
    { put: `warrant/${run}-${number}`, value: warrant, ifVersion: null },
  ]);
  return (await readWarrant(ledger, incident, run, number)) ?? warrant;
}

export async function readWarrant(
  ledger: Ledger,
  incident: string,
  run: Run,
  number: number,
): Promise<Warrant | undefined> {
  return (await ledger.read<Warrant>(detailsOf(incident), `warrant/${run}-${number}`))?.value;
}

export async function effects(ledger: Ledger, incident: string): Promise<EffectLine[]> {
  const lines = (await all<EffectLine>(ledger, detailsOf(incident), "effect/")).map((row) => row.value);
  return lines.sort((a, b) => a.at.localeCompare(b.at));
}

export async function readEffect(
  ledger: Ledger,
  incident: string,
  key: string,
): Promise<EffectLine | undefined> {
  return (await ledger.read<EffectLine>(detailsOf(incident), `effect/${key}`))?.value;
}

export async function keepEffect(
  ledger: Ledger,
  incident: string,
  key: string,
  line: EffectLine,
): Promise<void> {
  await ledger.commit(detailsOf(incident), [{ put: `effect/${key}`, value: line }]);
}
