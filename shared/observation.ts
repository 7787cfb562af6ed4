import type { CertificateFacts } from "./certificate";
import type { PowerState } from "./machine";
import type { DnsRecord } from "./world";

/**
 * One look, by one observer, at one thing. `unknown` is not `down`: an observer that could not look
 * says so, and nothing is concluded from its silence (Nagios' STATE_UNKNOWN).
 */
export type Saw = "healthy" | "down" | "unknown";

/** What was looked at. `name` is a server's or a balancer's name in the estate. */
export type Subject =
  | { kind: "customers" }
  /** Whether any authoritative server answers. */
  | { kind: "dns" }
  /** One authoritative server of several, or one resolver, by its address. */
  | { kind: "name-server"; name: string }
  | { kind: "resolver"; name: string }
  | { kind: "edge" }
  | { kind: "edge-canary" }
  | { kind: "balancer"; name: string }
  | { kind: "server-health"; name: string }
  | { kind: "server-customers"; name: string }
  | { kind: "balancer-view"; name: string }
  | { kind: "break-glass" };

/**
 * `answer`: what a name server said; `ttl` is for how many seconds its askers may still keep it, when it is known.
 * `status`: of the HTTP answer, when there was one.
 */
export type Observation = {
  by: string;
  of: Subject;
  saw: Saw;
  says: string;
  status?: number;
  answer?: { addresses: string[]; ttl?: number };
  /** What was shown there, when TLS was spoken. */
  certificate?: CertificateFacts;
};

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

export type SeenRecord = Pick<DnsRecord, "content" | "proxied"> & Partial<DnsRecord>;
/** How busy a balancer is (`show info`): new sessions a second, connections open now, and the most it takes. */
export type Load = { rate: number; connections: number; limit: number };

/** The machine under one part, as the control plane says it. `unknown`: it did not say. */
export type MachineSeen = { name: string; power: PowerState; says: string };

/** One look from everywhere at once: what a diagnosis is made from. Nothing in it is older than the look. */
export type Look = {
  at: string;
  /** The vantages of the estate, whether they answered or not. */
  vantages: { name: string; answered: boolean }[];
  observations: Observation[];
  /** Each balancer's own view of its servers; absent when it did not answer. `load` is absent when it does not say. */
  views: { balancer: string; servers: ServerState[]; load?: Load }[];
  /** The service's records, or null when the provider's API did not answer. Older looks have only where they lead. */
  records: SeenRecord[] | null;
  /** Why `records` is null: the adapter's code, and its words. */
  recordsFailed?: { code: string; says: string };
  /** Of parts that the vantages don't see healthy, where the estate says which machine they run on. Left out: nobody was asked. */
  machines?: MachineSeen[];
};

export function subjectText(of: Subject): string {
  return "name" in of ? `${of.kind} ${of.name}` : of.kind;
}
