import { closeIncident } from "../../activities/close-incident";
import { considerGate } from "../../activities/consider-gate";
import { voidGate } from "../../activities/void-gate";
import { vote } from "../../activities/vote";
import { gateAnswer } from "../../functions/edge/gate-answer";
import { PEOPLE, type Model } from "./gate-model";
import { GATE, INCIDENT, type Rig } from "./gate-rig";

/** A mail scanner: reads every link, posts every form empty and as it stands. Nothing is different afterwards. */
export async function scan(_model: Model, rig: Rig): Promise<string> {
  const { world } = rig;
  const before = [await rig.everything(), rig.company.effects().length];
  for (const person of PEOPLE) {
    const token = world.links.token(INCIDENT, GATE, person);
    await gateAnswer(world, token, 200);
    const empty = { token, code: "", reason: "", form: "", plan: "" };
    const asItStands = { ...empty, form: world.links.formToken(token), plan: rig.hash };
    for (const one of [empty, asItStands, { ...asItStands, recovery: "", reason: " \u200b\n" }])
      for (const kind of ["approve", "reject"] as const) {
        const answer = await vote({ ...one, vote: kind }, world);
        expect(answer.kind === "answered" && answer.cast.kind === "counted").toBe(false);
      }
  }
  expect([await rig.everything(), rig.company.effects().length]).toEqual(before);
  return "scanner";
}

/** What the waiting orchestration does at a tick, whichever of its epochs it is. */
export async function consider(model: Model, rig: Rig): Promise<string> {
  const fence = rig.fences.at(-1);
  if (fence === undefined) throw new Error("nobody owns it");
  const pending = model.state === "pending";
  const seen = await considerGate({ fence, run: "out", gate: GATE, whileHealed: "go-on" }, rig.world);
  if (pending && model.now > model.expiresAt) model.state = "expired";
  expect(seen.state).toBe(model.state);
  expect(seen.changed).toBe(model.state === "pending" && model.record === "other");
  if (!seen.changed) return `consider-${model.state}`;
  await voidGate({ fence, gate: GATE, says: seen.says }, rig.world);
  model.state = "void";
  return "voided";
}

/** The incident ends: from here on every vote is too late and every step is refused. */
export async function endIncident(model: Model, rig: Rig): Promise<string> {
  const fence = rig.fences.at(-1);
  if (fence === undefined) throw new Error("nobody owns it");
  const closed = await closeIncident(
    { fence, outcome: "stood-down", says: "a model", line: "end" },
    rig.world,
  );
  expect(closed.kind).toBe("closed");
  model.closed = true;
  if (model.state === "pending") model.state = "void";
  return "closed";
}
