import type { Finding, System } from "./finding";
import type { GateView } from "./gate";
import type { Observation } from "./observation";
import type { PinnedPlan } from "./plan";
import type { Instant } from "./time";

/** What an incident is doing now, as `GET /api/incidents` says it. */
export type IncidentState =
  | "diagnosing"
  | "fixing"
  | "awaiting-person"
  | "awaiting-approval"
  | "executing"
  | "verifying"
  | "probation"
  | "closed";

/** How a recovery ended. */
export type Outcome = "recovered" | "stood-down" | "handed-over" | "rolled-back";

/** One occurrence. `system` and `finding` are null until the diagnosis has named them. */
export type IncidentSummary = {
  id: string;
  system: System | null;
  finding: Finding | null;
  state: IncidentState;
  outcome: Outcome | null;
  openedAt: Instant;
  closedAt: Instant | null;
  says: string;
};

/** One sentence of the record. `by` is a person's name, or "switchover". */
export type TimelineLine = { at: Instant; stage: string; says: string; by: string };

/** A change that we made: intent first, outcome afterwards. `unknown` until it was read back. */
export type EffectLine = {
  at: Instant;
  step: string;
  resource: string;
  old: string;
  new: string;
  outcome: "intended" | "done" | "already-so" | "refused" | "unknown";
  /** Of the plan that the step belongs to. */
  planHash?: string;
};

/** Something a recovery left behind and owes: a part out of service, a protection that is off. */
export type OpenItem = {
  id: string;
  says: string;
  owner: string;
  openedAt: Instant;
  dueAt: Instant;
  closedAt: Instant | null;
  closedSays: string | null;
};

/** `GET /api/incidents/{id}`. */
export type IncidentDetail = IncidentSummary & {
  timeline: TimelineLine[];
  observations: Observation[];
  plan: PinnedPlan | null;
  gates: GateView[];
  exposures: OpenItem[];
  effects: EffectLine[];
};
