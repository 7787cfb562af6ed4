import { WATCHED, type Watched } from "../../activities/watch";
import { conclude } from "../../shared/conclude/conclude";
import type { Estate } from "../../shared/estate";
import type { Finding } from "../../shared/finding";
import { INCIDENTS, listIncidents } from "../../shared/ledger/incidents";
import { lastLook, pinnedPlan, timeline } from "../../shared/ledger/record";
import type { PinnedPlan } from "../../shared/plan";
import { between } from "../../shared/time";
import { startDrill, type Drill } from "../../test/support/drill";
import { watchProbes, type Probes } from "./probes";

/** A fault of the sandbox, in one of its ways. */
export type Broken = { finding: Finding; way: string };

/** What Switchover made of a company with these faults, from the timer's look to the plan. */
export type Outcome = {
  /** What was named; of what stayed unclear, what the last look said. */
  finding: Finding;
  target: string | null;
  /** From the first failing probe until two looks of the incident agreed. Null: that never happened. */
  seconds: number | null;
  plan: PinnedPlan | null;
};

/** The timer looks at :00 and :30. */
const TICK_MS = 30_000;
/** Two looks of the timer later, what was not named is not named. */
const PATIENCE_MS = 90_000;
const STEP_MS = 1_000;

/** Breaks a company so many milliseconds before the timer's look, and lets the real recovery look, conclude and plan. */
export async function outcomeOf(estate: Estate, faults: Broken[], beforeLookMs = 10_000): Promise<Outcome> {
  const drill = await startDrill({ mode: "straight", estate: structuredClone(estate) });
  try {
    const probes = watchProbes(drill.world);
    let seconds: number | null = null;
    drill.afterUnit = async () => void (seconds ??= await secondsUntilNamed(drill, probes));
    await drill.advance(2 * TICK_MS - beforeLookMs);
    for (const { finding, way } of faults) drill.company.break(finding, way);
    for (let waited = 0; waited < PATIENCE_MS && !(await isThrough(drill)); waited += STEP_MS)
      await drill.advance(STEP_MS);
    return { ...(await named(drill)), seconds };
  } finally {
    await drill.end();
  }
}

async function secondsUntilNamed(drill: Drill, probes: Probes): Promise<number | null> {
  const [row] = await listIncidents(drill.ledger);
  const first = probes.firstFailure();
  if (row === undefined || first === undefined) return null;
  const said = (await timeline(drill.ledger, row.id)).find(
    ({ stage, says }) => stage === "diagnose" && /^[a-z-]+: /.test(says),
  );
  return said === undefined ? null : (between(first, said.at) + probes.lookingMs()) / 1_000;
}

async function isThrough(drill: Drill): Promise<boolean> {
  const [row] = await listIncidents(drill.ledger);
  if (row === undefined || row.finding === null) return false;
  return row.state === "closed" || (await pinnedPlan(drill.ledger, row.id, "out")) !== undefined;
}

async function named(drill: Drill): Promise<Omit<Outcome, "seconds">> {
  const [row] = await listIncidents(drill.ledger);
  if (row === undefined) {
    const watched = (await drill.ledger.read<Watched>(INCIDENTS, WATCHED))?.value;
    if (watched === undefined) throw new Error("The timer never looked.");
    const { finding, target } = watched.diagnosis;
    return { finding, target, plan: null };
  }
  const seen = await lastLook(drill.ledger, row.id);
  if (seen === undefined) throw new Error(`${row.id} never looked.`);
  const plan = (await pinnedPlan(drill.ledger, row.id, "out"))?.plan ?? null;
  const last = conclude(seen, drill.estate);
  const finding = row.finding ?? last.finding;
  return { finding, target: plan?.target ?? (last.finding === finding ? last.target : null), plan };
}
