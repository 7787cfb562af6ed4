import { isRefusal, refuse, type Refusal } from "../shared/errors";
import type { Fence } from "../shared/fence";
import type { Diagnosis } from "../shared/diagnosis";
import { systemOf } from "../shared/finding";
import { limitation } from "../shared/ledger/authority";
import { audit } from "../shared/ledger/audit";
import { pin, type Run } from "../shared/ledger/record";
import { pinnedOf, type Pinned } from "../shared/pinned";
import type { PinnedPlan } from "../shared/plan";
import type { RecoveryPlan } from "../shared/recovery-plan";
import { resolvePlan } from "../shared/resolve-plan";
import type { World } from "../shared/world";
import { look } from "./look";

export type PinInput = {
  fence: Fence;
  run: Run;
  number: number;
  plan: RecoveryPlan;
  diagnosis: Diagnosis;
  /** Who asked for it or classified it: somebody else must approve. */
  requestedBy: string | null;
  /** Asked for by a person: it goes home when a person says so, however well the part is. */
  byHand: boolean;
};

/**
 * Resolves a plan to exact old → new values as the world is now, hashes it and keeps it in the ledger.
 * From here on it is what is shown, approved and executed. A repetition finds what was pinned first.
 */
export async function pinPlan(input: PinInput, world: World): Promise<Pinned | Refusal> {
  const { fence, run, number, plan, diagnosis, requestedBy, byHand } = input;
  const refused = await limitation(world, fence, run);
  if (refused !== undefined && refused.refused === "STALE_HOLDER") return refused;
  const target = diagnosis.target;
  if (target === null)
    return refuse("NO_TARGET", `${diagnosis.finding} names no part to act on.`, "A person must classify it.");

  const able = world.estate.people.filter((person) => person.name !== requestedBy).length;
  if (requestedBy !== null && able < plan.quorum) {
    const says = `${requestedBy} asked for it and can't approve it, and only ${able} other people could.`;
    return refuse("NOT_ENOUGH_PEOPLE", says, "Add people to the configuration.");
  }

  const seen = await look({}, world);
  const resolved = await resolvePlan(plan, { target, seen, world });
  if (isRefusal(resolved)) return resolved;
  const { notes, ...parts } = resolved;
  const pinned: PinnedPlan = {
    name: plan.name,
    title: plan.title,
    incident: fence.incident,
    finding: diagnosis.finding,
    system: systemOf[diagnosis.finding],
    target,
    class: plan.class,
    quorum: plan.quorum,
    ...parts,
    evidence: [diagnosis.says, ...diagnosis.evidence, ...notes],
    requestedBy,
    home: resolved.home && { ...resolved.home, asks: resolved.home.asks || byHand },
  };
  const row = await pin(world.ledger, { run, number, hash: world.digest(pinned), plan: pinned });
  await audit(world, {
    actor: "switchover",
    action: "plan-pinned",
    subject: fence.incident,
    detail: `${row.plan.name} ${row.hash}`,
  });
  return pinnedOf(row);
}
