import { isSlow, readChange, sameValue, troubleWith, unsafe, writeChange } from "../shared/changes";
import { RecoveryError, refuse, textOf, type Refusal } from "../shared/errors";
import type { Fence } from "../shared/fence";
import type { EffectLine } from "../shared/incident";
import { audit } from "../shared/ledger/audit";
import { limitation, unwarranted } from "../shared/ledger/authority";
import { intendUnderGate } from "../shared/ledger/gates";
import { beat } from "../shared/ledger/limits";
import { keepEffect, pinnedPlan, readEffect, type Run } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import { isUnderWay, type UnderWay } from "../shared/machine";
import { resourceOf, textOfValue, type Change } from "../shared/plan";
import type { World } from "../shared/world";
import { look } from "./look";

export type ApplyInput = {
  fence: Fence;
  run: Run;
  hash: string;
  step: string;
  warrant: Warrant;
  direction: "do" | "undo";
};
/** `number`: of the pinned plan. The same plan may be carried out again, and is another doing then. */
type Doing = ApplyInput & { number: number };
export type Applied = { outcome: "done" | "already-so"; says: string };

/**
 * Makes one change of an approved plan: authority, then the world as it was approved, then the
 * target's health, then intent, write, read back, outcome. Safe to repeat and to run twice at a
 * time: it sets a desired state, and whoever finds it set writes nothing. What it can't rule out is a
 * stale holder between the last check and the write; the provider offers no conditional write.
 */
export async function applyStep(input: ApplyInput, world: World): Promise<Applied | Refusal> {
  const { fence, run, hash, step: id, warrant, direction } = input;
  await beat(world.ledger, fence.instance, world.clock.now());
  const row = await pinnedPlan(world.ledger, fence.incident, run);
  const step = row?.plan.steps.find((one) => one.id === id);
  if (row === undefined || step === undefined || row.hash !== hash || world.digest(row.plan) !== hash) {
    return refuse(
      "PLAN_CHANGED",
      `The plan in the ledger is not ${hash.slice(0, 12)}.`,
      "It must be approved again.",
    );
  }
  const change = direction === "do" ? step.change : step.undo;
  if ("none" in change) return refuse("NO_UNDO", change.none, "A person must decide how to go back.");

  const doing: Doing = { ...input, number: row.number };
  const may = async () =>
    (await limitation(world, fence, run)) ??
    (direction === "do" ? await unwarranted(world, fence, row, warrant) : undefined);
  const refused = await may();
  if (refused !== undefined) return await note(refused, change, doing, world);

  const changed = await whatIsThere(change, doing, world);
  if (changed !== undefined) return changed;
  const danger = unsafe(change, await look({}, world), world.estate);
  if (danger !== undefined) return await note(danger, change, doing, world);
  // Looking took seconds, in which a stop, a veto or a successor may have come.
  const late = await may();
  if (late !== undefined) return await note(late, change, doing, world);
  return await write(change, doing, world);
}

/** Begun by an earlier attempt, or by somebody: looking again is all that is left to do. */
function notYet({ underWay }: UnderWay): Refusal {
  return refuse("UNDER_WAY", underWay, "It is looked at again.");
}

/** Of what takes long, and was begun by an earlier attempt: it is over, and nothing came of it. Beginning it again and again helps nobody. */
async function didNotStart(change: Change, input: Doing, world: World): Promise<Refusal> {
  const why = troubleWith(change, world);
  const says = `${resourceOf(change)} was started and is ${textOfValue(change.old)} again`;
  const refusal = refuse(
    "DID_NOT_START",
    `${says}${why === undefined ? "" : `: ${why}`}.`,
    "Look at its log.",
  );
  return await note(refusal, change, input, world);
}

/** Nothing when the resource still is what the plan was approved for; otherwise the answer: it is so already, or somebody changed it. */
async function whatIsThere(
  change: Change,
  input: Doing,
  world: World,
): Promise<Applied | Refusal | undefined> {
  const first = await readChange(change, world);
  if (sameValue(first, change.new)) return await alreadySo(change, input, world);
  const mine = await readEffect(world.ledger, input.fence.incident, keyOf(input));
  const wasDone = input.direction === "do" && mine?.outcome === "done";
  // Another delivery of this step may have done it in between; then it is in force now.
  const now = wasDone ? await readChange(change, world) : first;
  if (isUnderWay(now)) return notYet(now);
  if (wasDone && sameValue(now, change.new)) return await alreadySo(change, input, world);
  if (!wasDone && sameValue(now, change.old))
    return mine?.outcome === "unknown" && isSlow(change)
      ? await didNotStart(change, input, world)
      : undefined;
  // Done, and set back since: a late delivery must not overrule whoever did that (I-09).
  const is = now === undefined ? "gone" : textOfValue(now);
  const text = `${resourceOf(change)} is ${is}; the plan was approved for ${textOfValue(change.old)}. Somebody changed it.`;
  const refusal = refuse("CHANGED_BY_HAND", text, "Nothing is overwritten; look at it again.");
  return await note(refusal, change, input, world);
}

async function write(change: Change, input: Doing, world: World): Promise<Applied | Refusal> {
  const { fence, warrant, direction } = input;
  if (warrant.kind === "gate" && direction === "do") {
    const intent = { key: keyOf(input), line: lineOf(change, input, world, "intended") };
    if ((await intendUnderGate(world.ledger, fence.incident, warrant.gate, intent)) === "not-granted") {
      const says = `The gate ${warrant.gate} was vetoed a moment ago.`;
      return await note(refuse("NOT_APPROVED", says, "Nothing was changed."), change, input, world);
    }
  } else {
    await keep(change, input, world, "intended");
  }
  await audit(world, {
    actor: "switchover",
    action: "intent",
    subject: input.fence.incident,
    detail: describe(change, input),
  });
  // Writing the intent took moments too, in which a stop, a hold or a successor may have come (I-32).
  const stopped = await limitation(world, fence, input.run);
  if (stopped !== undefined) {
    await keep(change, input, world, "refused");
    return await note(stopped, change, input, world);
  }
  return await carryOut(change, input, world);
}

async function carryOut(change: Change, input: Doing, world: World): Promise<Applied | Refusal> {
  try {
    await writeChange(change, world);
  } catch (thrown) {
    // Nothing was begun: what runs there must be over first.
    if (thrown instanceof RecoveryError && thrown.code === "MACHINE_BUSY")
      return notYet({ underWay: thrown.message });
    // The answer was lost, perhaps after the effect: only reading tells (I-13).
    const now = await readChange(change, world);
    if (isUnderWay(now)) return notYet(now);
    if (!sameValue(now, change.new)) {
      if (!isSlow(change)) await keep(change, input, world, "unknown");
      throw thrown;
    }
  }
  const now = await readChange(change, world);
  if (sameValue(now, change.new)) return await done(change, input, world);
  await keep(change, input, world, "unknown");
  if (isUnderWay(now)) return notYet(now);
  throw new Error(
    `NOT_IN_FORCE: ${resourceOf(change)} was set to ${textOfValue(change.new)} and does not say so yet.`,
  );
}

async function done(change: Change, input: Doing, world: World): Promise<Applied> {
  await keep(change, input, world, "done");
  await audit(world, {
    actor: "switchover",
    action: "outcome",
    subject: input.fence.incident,
    detail: `${describe(change, input)} done`,
  });
  return {
    outcome: "done",
    says: `${resourceOf(change)}: ${textOfValue(change.old)} → ${textOfValue(change.new)}, read back.`,
  };
}

async function alreadySo(change: Change, input: Doing, world: World): Promise<Applied> {
  const known = await readEffect(world.ledger, input.fence.incident, keyOf(input));
  // Our own intent without an outcome: an earlier attempt wrote it and died before it could say so.
  const ours = known !== undefined && known.outcome !== "already-so" && known.outcome !== "refused";
  // Of what takes long this is the usual end: begun by one attempt, seen in force by another.
  if (ours && isSlow(change) && known.outcome !== "done") return await done(change, input, world);
  await keep(change, input, world, ours ? "done" : "already-so");
  const says = `${resourceOf(change)} is ${textOfValue(change.new)} already${ours ? ", set by an earlier attempt of ours" : ""}.`;
  return { outcome: ours ? "done" : "already-so", says };
}

async function note(refusal: Refusal, change: Change, input: Doing, world: World): Promise<Refusal> {
  const detail = `${describe(change, input)} refused: ${textOf(refusal.says)}`;
  await audit(world, {
    actor: "switchover",
    action: "refused",
    subject: input.fence.incident,
    detail: `${refusal.refused} ${detail}`,
  });
  return refusal;
}

async function keep(
  change: Change,
  input: Doing,
  world: World,
  outcome: EffectLine["outcome"],
): Promise<void> {
  await keepEffect(world.ledger, input.fence.incident, keyOf(input), lineOf(change, input, world, outcome));
}

function lineOf(change: Change, input: Doing, world: World, outcome: EffectLine["outcome"]): EffectLine {
  return {
    at: world.clock.now(),
    step: input.direction === "do" ? input.step : `${input.step}-undo`,
    resource: resourceOf(change),
    old: textOfValue(change.old),
    new: textOfValue(change.new),
    outcome,
    planHash: input.hash,
  };
}

function keyOf(input: Doing): string {
  return `${input.run}-${input.number}/${input.step}-${input.direction}`;
}

function describe(change: Change, input: Doing): string {
  return `${input.run}/${input.step} ${input.direction}: ${resourceOf(change)} ${textOfValue(change.old)} → ${textOfValue(change.new)}`;
}
