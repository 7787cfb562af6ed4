import { firstBrokenLink } from "../../shared/ledger/audit";
import { pinnedPlan, planOfHash } from "../../shared/ledger/record";
import type { EffectLine, IncidentDetail } from "../../shared/incident";
import type { GateView } from "../../shared/gate";
import type { PinnedPlan } from "../../shared/plan";
import type { Drill } from "./drill";

/**
 * What must hold after every drill, judged from the company's own log of what reached it and the
 * ledger, never from what the recovery says of itself.
 */
export async function checkInvariants(drill: Drill): Promise<void> {
  const incidents = await Promise.all((await drill.incidents()).map((one) => drill.incident(one.id)));

  // I-22: the record set is never empty, and leads into the estate only.
  const addresses = new Set([...drill.estate.balancers, ...drill.estate.servers].map((one) => one.address));
  expect(drill.company.truth().records.length).toBeGreaterThan(0);
  for (const effect of drill.changes().filter((one) => one.kind === "dns-record")) {
    expect([...addresses].some((address) => effect.new.includes(address))).toBe(true);
  }
  // I-38: every change of ours was written down as intended before it was made, and its outcome stands there.
  expect(drill.unannounced()).toEqual([]);
  const written = incidents.flatMap((one) => one.effects).filter((line) => line.outcome === "done");
  for (const { resource, old, new: now } of drill.changes()) {
    expect(written).toContainEqual(expect.objectContaining({ resource, old, new: now }));
  }
  for (const incident of incidents) {
    for (const line of incident.effects) if (isOurs(line)) await checkAuthority(drill, incident, line);
  }
  expect(await firstBrokenLink(drill.world)).toBeUndefined();
}

/** For `afterEach`: what must hold, and an end of the drill also where it does not. */
export async function endRightly(drill: Drill): Promise<void> {
  try {
    await checkInvariants(drill);
  } finally {
    await drill.end();
  }
}

/** An undo needs nobody's word: it is the way back from what had it. */
function isOurs({ outcome, step }: EffectLine): boolean {
  return outcome === "done" && !step.endsWith("-undo");
}

/**
 * I-01, I-06: enough different people had said yes to exactly this plan before it was changed, and nobody
 * no; or nobody had to be asked: its finding is armed and the evidence alone asks, or the plan goes home by itself.
 */
async function checkAuthority(drill: Drill, incident: IncidentDetail, line: EffectLine): Promise<void> {
  const hash = line.planHash ?? "none";
  const row = await planOfHash(drill.ledger, incident.id, hash);
  if (row === undefined) throw new Error(`${line.step} belongs to no plan of ${incident.id}: ${hash}`);
  const { plan, run } = row;
  // The same plan may have been asked for more than once.
  const asked = incident.gates.filter((one) => one.planHash === hash);
  if (asked.length === 0) {
    const { automatic } = drill.estate.policy;
    const out = (await pinnedPlan(drill.ledger, incident.id, "out"))?.plan;
    const alone =
      run === "out"
        ? automatic.includes(plan.finding) && plan.requestedBy === null
        : out?.home?.asks === false;
    expect({ step: line.step, run, alone }).toEqual({ step: line.step, run, alone: true });
    return;
  }
  expect(asked.some((gate) => grants(gate, line, plan))).toBe(true);
}

function grants(gate: GateView, { at }: EffectLine, plan: PinnedPlan): boolean {
  const yes = new Set(
    gate.votes
      .filter((vote) => vote.vote === "approve" && vote.planHash === gate.planHash && vote.at <= at)
      .map((vote) => vote.person),
  );
  // A veto may follow a step that was taken rightly; none may be taken after it.
  const vetoed = gate.votes.some((vote) => vote.vote === "reject" && vote.at < at);
  return yes.size >= Math.max(gate.quorum, plan.quorum) && !yes.has(plan.requestedBy ?? "") && !vetoed;
}
