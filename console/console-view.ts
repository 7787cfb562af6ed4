import type { Disagreement } from "../shared/disagreement";
import type { IncidentDetail, IncidentSummary } from "../shared/incident";
import type { Saw } from "../shared/observation";
import type { Instant } from "../shared/time";

export type SystemState = "healthy" | "suspect" | "down" | "unknown";

/** One link of the chain: what is concluded about it, and who saw what. */
export type SystemView = {
  system: string;
  state: SystemState;
  says: string;
  by: { who: string; saw: Saw }[];
};

export type ConsoleView = {
  company: string;
  now: Instant;
  /** Every open incident, then the latest of the others; the newest first in each. */
  incidents: IncidentSummary[];
  open: IncidentDetail[];
  /** The global stop, when somebody has pressed it. */
  stop: { by: string; reason: string; at: Instant } | null;
  systems: SystemView[];
  /** Of the same look as `systems`. */
  disagreement: Disagreement;
  lastLookAt: Instant | null;
};
