import type { Fence } from "../shared/fence";
import type { GateView } from "../shared/gate";
import { audit } from "../shared/ledger/audit";
import { openGate } from "../shared/ledger/gates";
import { pinnedPlan, type Run } from "../shared/ledger/record";
import { plus } from "../shared/time";
import type { World } from "../shared/world";

/**
 * Opens the gate of the pinned plan: the question, whom it is put to, until when it is good. The wait
 * exists in the ledger before anybody is told, so the fastest answer finds it. Repeating it opens no second one.
 */
export async function askPeople(
  input: { fence: Fence; run: Run },
  world: World,
): Promise<{ gate: string; people: string[]; expiresAt: string }> {
  const { fence, run } = input;
  const row = await pinnedPlan(world.ledger, fence.incident, run);
  if (row === undefined) throw new Error(`NO_PLAN: no plan is pinned for ${fence.incident}.`);
  const id = `${run}-${row.number}`;
  const now = world.clock.now();
  // Who asks can't approve (four eyes).
  const people = world.estate.people
    .map((person) => person.name)
    .filter((name) => name !== row.plan.requestedBy);
  const wanted: GateView = {
    id,
    state: "pending",
    planHash: row.hash,
    quorum: row.plan.quorum,
    asked: people,
    openedAt: now,
    expiresAt: plus(now, world.estate.policy.gateExpiresAfter),
    decidedAt: null,
    says: "Waiting for people to decide.",
    votes: [],
  };
  const links = people.map((person) => ({
    person,
    hash: world.links.hashOf(world.links.token(fence.incident, id, person)),
  }));
  const gate = await openGate(world.ledger, fence.incident, wanted, links);
  await audit(world, {
    actor: "switchover",
    action: "gate-opened",
    subject: fence.incident,
    detail: `${id} for plan ${row.hash}`,
  });
  return { gate: gate.id, people: gate.asked, expiresAt: gate.expiresAt };
}
