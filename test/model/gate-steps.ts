import { applyStep, type Applied } from "../../activities/apply-step";
import { resume } from "../../activities/resume";
import { isRefusal, type Refusal } from "../../shared/errors";
import type { Fence } from "../../shared/fence";
import { putHold } from "../../shared/ledger/holds";
import { succeed } from "../../shared/ledger/incidents";
import { putStop } from "../../shared/ledger/limits";
import { detailsOf, pinnedPlan, readEffect } from "../../shared/ledger/record";
import { plus } from "../../shared/time";
import { copyOf, PEOPLE, take, wouldApply, type By, type Model, type Post } from "./gate-model";
import { GATE, INCIDENT, SYSTEM, type Rig } from "./gate-rig";
import { send } from "./gate-votes";

type Order = { behind: number; plan: By["plan"]; copies: number };

async function apply1(rig: Rig, fence: Fence, plan: By["plan"]): Promise<Applied | Refusal> {
  const kept = (await pinnedPlan(rig.world.ledger, INCIDENT, "out"))?.hash ?? "";
  return await applyStep(
    {
      fence,
      run: "out",
      hash: { shown: rig.hash, other: "f".repeat(64), kept }[plan],
      step: "s1",
      warrant: { kind: "gate", gate: GATE },
      direction: "do",
    },
    rig.world,
  );
}

const writesOf = (rig: Rig) => rig.company.effects().filter((one) => one.by !== "somebody");
const changesOf = (rig: Rig) => writesOf(rig).filter((one) => one.old !== one.new).length;
const nameOf = (one: Applied | Refusal) => (isRefusal(one) ? one.refused : one.outcome);

/** Applies the step, once or twice at the same time, by the owner or by one that has a successor. */
export async function apply(model: Model, rig: Rig, { behind, plan, copies }: Order): Promise<string> {
  const fence = rig.fences.at(-1 - behind) ?? rig.fences[0];
  if (fence === undefined) throw new Error("nobody owns it");
  const expected = wouldApply(model, { epoch: fence.epoch, plan });
  const before = changesOf(rig);
  const done = await Promise.all(Array.from({ length: copies }, () => apply1(rig, fence, plan)));
  for (const one of done) expect(nameOf(one)).toBe(expected.as);
  expect(changesOf(rig) - before).toBe(expected.writes ? 1 : 0);
  settle(model, expected);
  return `apply-${expected.as}${expected.writes ? "-written" : ""}`;
}

function settle(model: Model, { as, writes }: { as: string; writes: boolean }): void {
  if (as === "done" || as === "already-so") model.effect = as;
  if (writes) model.record = "new";
}

type Intrusion = "veto" | "stop" | "hold" | "successor";

/** Something comes in the middle of the step: it ends as if that had come before or after, and the oracle says which may be. */
export async function applyDuring(model: Model, rig: Rig, at: number, what: Intrusion): Promise<string> {
  const fence = rig.fences.at(-1);
  if (fence === undefined) throw new Error("nobody owns it");
  const by = { epoch: fence.epoch, plan: "shown" as const };
  const after = copyOf(model);
  const undisturbed = wouldApply(model, by);
  const before = changesOf(rig);
  let came = false;
  const intrude = async () => {
    came = true;
    await intrusions[what](after, rig);
  };
  const done = await rig.during(at, intrude, () => apply1(rig, fence, "shown"));
  const disturbed = wouldApply(after, by);
  const name = nameOf(done);
  expect(came ? [undisturbed.as, disturbed.as] : [undisturbed.as]).toContain(name);
  const written = changesOf(rig) - before;
  if (came) Object.assign(model, after);
  settle(model, { as: name, writes: written > 0 });
  expect(written).toBe(undisturbed.writes && name === "done" ? 1 : 0);
  if (name === "done")
    expect((await readEffect(rig.world.ledger, INCIDENT, "out-1/s1-do"))?.outcome).toBe("done");
  if (!undisturbed.writes || !came) return "undisturbed";
  return `${what}-${written > 0 ? "after" : "before"}-the-intent`;
}

const intrusions: Record<Intrusion, (model: Model, rig: Rig) => Promise<unknown>> = {
  async veto(model, rig) {
    const post: Post = {
      person: PEOPLE.find((one) => one !== model.requestedBy && model.votes.get(one) !== "reject") ?? "cy",
      vote: "reject",
      code: "none",
      reason: "typed",
      plan: "shown",
      form: "ours",
    };
    expect(await send(rig, post)).toBe(take(model, post));
  },
  async stop(model, rig) {
    await putStop(rig.world.ledger, { by: "cy", reason: "a model", at: rig.world.clock.now() });
    model.stopped = true;
  },
  async hold(model, rig) {
    const until = plus(rig.world.clock.now(), 60_000);
    await putHold(rig.world.ledger, { system: SYSTEM, by: "cy", because: "a model", until });
    model.heldUntil = model.now + 60_000;
  },
  successor: succession,
};

/** The next orchestration of the incident, which finds the plan and the votes where they were. */
export async function succession(model: Model, rig: Rig): Promise<string> {
  const next = await succeed(rig.world.ledger, INCIDENT, { epoch: model.epoch }, rig.world.clock.now());
  if (model.closed) {
    expect(next).toBeUndefined();
    return "no-successor";
  }
  if (next === undefined) throw new Error("no successor of an open incident");
  const [stale] = rig.fences.slice(-1);
  rig.fences.push(next);
  model.epoch = next.epoch;
  const row = await pinnedPlan(rig.world.ledger, INCIDENT, "out");
  const pinned = model.state === "void" ? null : { hash: row?.hash };
  expect(await resume({ fence: next }, rig.world)).toMatchObject({ kind: "open", pinned });
  if (stale !== undefined) expect(await resume({ fence: stale }, rig.world)).toEqual({ kind: "stale" });
  return "successor";
}

/** Somebody lays hands on the pinned plan in the ledger, or puts it back as it was. */
export async function tamper(model: Model, rig: Rig, plan: Model["plan"]): Promise<string> {
  const { world } = rig;
  const row = await pinnedPlan(world.ledger, INCIDENT, "out");
  if (row === undefined) throw new Error("no plan is pinned");
  const losses = plan === "approved" ? rig.losses : [...rig.losses, "more than people were told"];
  const edited = { ...row.plan, losses };
  const hash = plan === "replaced" ? world.digest(edited) : rig.hash;
  await world.ledger.commit(detailsOf(INCIDENT), [
    { put: "plan/out", value: { ...row, hash, plan: edited } },
  ]);
  model.plan = plan;
  return `plan-${plan}`;
}
