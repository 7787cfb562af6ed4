import { isSlow, readChange, sameValue } from "../shared/changes";
import { conclude } from "../shared/conclude/conclude";
import type { Fence } from "../shared/fence";
import type { GateState } from "../shared/gate";
import { acknowledgement } from "../shared/ledger/acknowledgement";
import { endGate, readGate } from "../shared/ledger/gates";
import { beat } from "../shared/ledger/limits";
import { keepLook, pinnedPlan, type Run } from "../shared/ledger/record";
import { between } from "../shared/time";
import type { World } from "../shared/world";
import { look } from "./look";

export type Considered = {
  state: GateState;
  says: string;
  /** Customers are served again, as this look sees it: nothing needs to be decided. */
  healed: boolean;
  /** What the plan would change is not what it was any more. */
  changed: boolean;
  /** How long the question has been open, milliseconds. */
  openFor: number;
  /** Who took the incident on, so that no further level is told. */
  acknowledgedBy: string | null;
};

/**
 * Reads the gate, which the votes decide in the ledger, and looks whether the question still makes
 * sense: a company that healed is left alone, a plan for a world that changed is void. Deadlines are
 * judged here by the ledger's clock, so an early or late timer changes nothing.
 */
export async function considerGate(
  input: { fence: Fence; run: Run; gate: string; whileHealed: "stand-down" | "go-on" },
  world: World,
): Promise<Considered> {
  const { fence, run, gate: id } = input;
  const now = world.clock.now();
  await beat(world.ledger, fence.instance, now);
  const gate = await readGate(world.ledger, fence.incident, id);
  if (gate === undefined) throw new Error(`NO_GATE: ${fence.incident} has no gate ${id}.`);
  const openFor = between(gate.openedAt, now);
  // Whoever took the incident on did so before the part was well; the way home is another question.
  const acknowledgedBy =
    run === "home" ? null : ((await acknowledgement(world.ledger, fence.incident))?.person ?? null);
  const same = { healed: false, changed: false, openFor, acknowledgedBy };
  const decided = (state: GateState, says: string): Considered => ({ ...same, state, says });
  if (gate.state !== "pending") return decided(gate.state, gate.says);
  if (now > gate.expiresAt) {
    const ended = await endGate(world.ledger, fence.incident, id, {
      state: "expired",
      says: `Nobody decided before ${gate.expiresAt}; nothing was done.`,
      at: now,
    });
    return decided(ended?.state ?? "expired", ended?.says ?? "");
  }
  const changed = await planIsVoid(fence, run, world);
  if (changed !== undefined) return { ...same, state: "pending", says: changed, changed: true };
  if (input.whileHealed === "go-on") return decided("pending", gate.says);
  const seen = await look({}, world);
  await keepLook(world.ledger, fence.incident, seen);
  const diagnosis = conclude(seen, world.estate);
  return { ...same, state: "pending", says: diagnosis.says, healed: diagnosis.finding === "healthy" };
}

async function planIsVoid(fence: Fence, run: Run, world: World): Promise<string | undefined> {
  const row = await pinnedPlan(world.ledger, fence.incident, run);
  for (const { change } of row?.plan.steps ?? []) {
    // To ask a machine takes a command on it, and only one can run: whoever repairs it meanwhile needs that one.
    if (isSlow(change)) continue;
    try {
      const now = await readChange(change, world);
      if (!sameValue(now, change.old) && !sameValue(now, change.new))
        return `Somebody changed what the plan is about (${change.do}).`;
    } catch {
      // Not to be read now is no change: the writing step asks again, and refuses if it is one.
    }
  }
  return undefined;
}
