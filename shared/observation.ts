/**
 * One look, by one observer, at one thing. `unknown` is not `down`: an observer that could not look
 * says so, and nothing is concluded from its silence (Nagios' STATE_UNKNOWN).
 */
export type Saw = "healthy" | "down" | "unknown";

/** What was looked at. `name` is a server's or a balancer's name in the estate. */
export type Subject =
  | { kind: "customers" }
  | { kind: "dns" }
  | { kind: "edge" }
  | { kind: "balancer"; name: string }
  | { kind: "server-health"; name: string }
  | { kind: "server-customers"; name: string }
  | { kind: "balancer-view"; name: string };

export type Observation = { by: string; of: Subject; saw: Saw; says: string };

/** A server as HAProxy itself reports it (`show stat`). */
export type ServerState = {
  name: string;
  /** HAProxy's own word: UP, DOWN, DRAIN, MAINT, "UP 1/2" … */
  status: string;
  check: string;
  backup: boolean;
  /** 5xx answers since the process started. */
  errors: number;
  sessions: number;
};

/** One look from everywhere at once: what a diagnosis is made from. Nothing in it is older than the look. */
export type Look = {
  at: string;
  /** The vantages of the estate, whether they answered or not. */
  vantages: { name: string; answered: boolean }[];
  observations: Observation[];
  /** Each balancer's own view of its servers; absent when it did not answer. */
  views: { balancer: string; servers: ServerState[] }[];
  /** Where the service's records lead, or null when the provider's API did not answer. */
  records: { content: string; proxied: boolean }[] | null;
};

export function subjectText(of: Subject): string {
  return "name" in of ? `${of.kind} ${of.name}` : of.kind;
}
