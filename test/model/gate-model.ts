import type { GateState } from "../../shared/gate";

export const PEOPLE = ["ann", "bo", "cy"] as const;
export type Person = (typeof PEOPLE)[number];

/** What somebody, or something, posts to a link. */
export type Post = {
  person: Person;
  vote: "approve" | "reject";
  code: "right" | "wrong" | "used" | "none";
  reason: "typed" | "blank";
  plan: "shown" | "other";
  form: "ours" | "other";
};

export type Answered =
  | "unknown-link"
  | "counted"
  | "earlier"
  | "too-late"
  | `problem-${400 | 403 | 409 | 429}-${"code" | "reason" | "form"}`;

type Tries = { since: number; count: number };

/** What must be so, in a few words, without a ledger. Times are milliseconds. */
export type Model = {
  now: number;
  quorum: number;
  requestedBy: string | null;
  expiresAt: number;
  /** Of an approval, after its decision. */
  validFor: number;
  state: GateState;
  decidedAt: number;
  votes: Map<string, "approve" | "reject">;
  usedSteps: Map<string, Set<number>>;
  lastStep: Map<string, number>;
  tries: Map<string, Tries>;
  record: "old" | "new" | "other";
  /** The plan's row: as it was approved, edited under its hash, or replaced together with its hash. */
  plan: "approved" | "edited" | "replaced";
  /** What the ledger says of our own step. */
  effect: "none" | "done" | "already-so";
  stopped: boolean;
  heldUntil: number;
  epoch: number;
  closed: boolean;
};

const PERIOD = 30_000;
const LOCKED_FOR = 5 * 60_000;

export function copyOf(model: Model): Model {
  return {
    ...model,
    votes: new Map(model.votes),
    usedSteps: new Map([...model.usedSteps].map(([person, steps]) => [person, new Set(steps)])),
    lastStep: new Map(model.lastStep),
    tries: new Map([...model.tries].map(([person, tries]) => [person, { ...tries }])),
  };
}

/** Takes the post into the model, and says what its sender must be told. */
export function take(model: Model, post: Post): Answered {
  const { person, vote } = post;
  if (person === model.requestedBy) return "unknown-link";
  if (post.form === "other") return "problem-403-form";
  const mine = model.votes.get(person);
  if (mine === vote || mine === "reject") return "earlier";
  const veto = vote === "reject" && model.state === "granted";
  if (model.closed || (model.state !== "pending" && !veto)) return "too-late";
  if (post.plan === "other") return "problem-409-form";
  if (vote === "reject" && post.reason === "blank") return "problem-400-reason";
  if (vote === "approve") {
    const wrong = tryCode(model, post);
    if (wrong !== undefined) return wrong;
  }
  if (model.state === "pending" && model.now > model.expiresAt) return "too-late";
  model.votes.set(person, vote);
  const yes = [...model.votes.values()].filter((one) => one === "approve").length;
  if (vote === "reject") decide(model, "refused");
  else if (yes >= model.quorum) decide(model, "granted");
  return "counted";
}

function decide(model: Model, state: GateState): void {
  model.state = state;
  model.decidedAt = model.now;
}

function tryCode(model: Model, { person, code }: Post): Answered | undefined {
  if (code === "none") return "problem-400-code";
  const known = model.tries.get(person);
  const tries =
    known === undefined || model.now - known.since >= LOCKED_FOR ? { since: model.now, count: 0 } : known;
  if (tries.count >= 5) return "problem-429-code";
  model.tries.set(person, { ...tries, count: tries.count + 1 });
  const now = Math.floor(model.now / PERIOD);
  const step = code === "right" ? now : code === "used" ? model.lastStep.get(person) : undefined;
  if (step === undefined || Math.abs(step - now) > 1) return "problem-400-code";
  model.tries.set(person, tries);
  const used = model.usedSteps.get(person) ?? new Set();
  if (used.has(step)) return "problem-400-code";
  model.usedSteps.set(person, used.add(step));
  model.lastStep.set(person, step);
  return undefined;
}

export type AppliedAs =
  | "done"
  | "already-so"
  | "PLAN_CHANGED"
  | "STALE_HOLDER"
  | "STOPPED"
  | "HELD"
  | "NOT_APPROVED"
  | "APPROVAL_STALE"
  | "CHANGED_BY_HAND";

/** `kept`: by the hash that the row has now, as one who pinned another plan would call it. */
export type By = { epoch: number; plan: "shown" | "other" | "kept" };

/** What must become of the step when it is applied now, and whether it writes. The model is not changed. */
export function wouldApply(model: Model, by: By): { as: AppliedAs; writes: boolean } {
  const refused = whyNot(model, by);
  if (refused !== undefined) return { as: refused, writes: false };
  if (model.record === "old" && model.effect === "done") return { as: "CHANGED_BY_HAND", writes: false };
  if (model.record === "old") return { as: "done", writes: true };
  const ours = model.effect === "done";
  return { as: ours ? "done" : "already-so", writes: false };
}

function whyNot(model: Model, by: By): AppliedAs | undefined {
  const replaced = by.plan === "kept" && model.plan === "replaced";
  if (by.plan === "other" || (model.plan !== "approved" && !replaced)) return "PLAN_CHANGED";
  if (model.closed || by.epoch !== model.epoch) return "STALE_HOLDER";
  if (model.stopped) return "STOPPED";
  if (model.heldUntil > model.now) return "HELD";
  if (model.state !== "granted" || replaced) return "NOT_APPROVED";
  if (model.now > model.decidedAt + model.validFor) return "APPROVAL_STALE";
  return model.record === "other" ? "CHANGED_BY_HAND" : undefined;
}
