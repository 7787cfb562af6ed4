import type { Model, Person, Post } from "./gate-model";
import type { Question } from "./gate-rig";

/** The model of a question that has just been put to people. */
export function beginning({ quorum, requestedBy }: Question, at: string): Model {
  const now = Date.parse(at);
  return {
    now,
    quorum,
    requestedBy,
    expiresAt: now + 30 * 60_000,
    validFor: 30 * 60_000,
    state: "pending",
    decidedAt: 0,
    votes: new Map(),
    usedSteps: new Map(),
    lastStep: new Map(),
    tries: new Map(),
    record: "old",
    plan: "approved",
    effect: "none",
    stopped: false,
    heldUntil: 0,
    epoch: 1,
    closed: false,
  };
}

/** An honest approval, with the code of now. */
export function yesOf(person: Person): Post {
  return { person, vote: "approve", code: "right", reason: "blank", plan: "shown", form: "ours" };
}
