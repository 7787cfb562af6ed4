import type { GateView, Vote } from "../shared/gate";
import type { IncidentSummary } from "../shared/incident";
import type { PinnedPlan } from "../shared/plan";
import type { Instant } from "../shared/time";

/** What was wrong with the last POST: beside the code, beside the reason, or about the form as a whole. */
export type GateProblem = { field: "code" | "recovery" | "reason" | "form"; says: string };

export type GatePageView = {
  company: string;
  incident: IncidentSummary;
  gate: GateView;
  plan: PinnedPlan;
  /** Whose link this is. */
  person: { name: string; fullName: string; role: string };
  formToken: string;
  approveUrl: string;
  rejectUrl: string;
  now: Instant;
  /** Where people may sign in instead of typing a code; `fresh`: this link's person has done so just now. */
  signIn?: { fresh: boolean; url: string };
  problem?: GateProblem;
  yourVote?: Vote;
};
