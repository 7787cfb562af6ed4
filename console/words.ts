import type { Finding, System } from "../shared/finding";
import type { GateState } from "../shared/gate";
import type { EffectLine, IncidentSummary } from "../shared/incident";
import type { PlanClass } from "../shared/plan";
import type { Tone } from "./chip";

/** How a state reads on a page, and what it means to the reader. */
export type Words = { tone: Tone; word: string };

const systemNames: Record<System, string> = {
  dns: "DNS",
  cloudflare: "CloudFlare",
  "load-balancer": "Load balancer",
  "api-servers": "API servers",
  database: "Database",
  storage: "Queues and storage",
  workers: "Workers",
  observers: "Observers",
};

/** The way of a request, outside to inside; also the order in which systems are shown. */
export const systemOrder: readonly string[] = Object.keys(systemNames);

/** A system's name for people. Text, because the console also shows systems it was only told of. */
export function systemName(system: string): string {
  return Object.hasOwn(systemNames, system) ? systemNames[system as System] : system;
}

/** "api-server-sick" → "API server sick". */
export function findingName(finding: Finding): string {
  const words = finding
    .replaceAll("-", " ")
    .replace("cloudflare", "CloudFlare")
    .replace(/\b(api|dns)\b/g, (name) => name.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What an incident is called: its finding, as soon as there is one. */
export function incidentName({ finding, system }: IncidentSummary): string {
  if (finding !== null) return findingName(finding);
  return system === null ? "Not diagnosed yet" : `${systemName(system)}: not diagnosed yet`;
}

export function incidentState({ state, outcome }: IncidentSummary): Words {
  if (state === "closed" && outcome !== null) return outcomes[outcome];
  return states[state];
}

const states: Record<IncidentSummary["state"], Words> = {
  diagnosing: { tone: "busy", word: "Diagnosing" },
  fixing: { tone: "busy", word: "Fixing" },
  "awaiting-person": { tone: "warn", word: "Waiting for a person" },
  "awaiting-approval": { tone: "warn", word: "Waiting for approval" },
  executing: { tone: "busy", word: "Executing the plan" },
  verifying: { tone: "busy", word: "Verifying" },
  probation: { tone: "busy", word: "On probation" },
  closed: { tone: "note", word: "Closed" },
};

const outcomes: Record<NonNullable<IncidentSummary["outcome"]>, Words> = {
  recovered: { tone: "ok", word: "Recovered" },
  "stood-down": { tone: "note", word: "Stood down" },
  "handed-over": { tone: "warn", word: "Handed over to people" },
  "rolled-back": { tone: "warn", word: "Rolled back" },
};

export const gateWords: Record<GateState, Words> = {
  pending: { tone: "warn", word: "Waiting for approval" },
  granted: { tone: "ok", word: "Approved" },
  refused: { tone: "bad", word: "Rejected" },
  expired: { tone: "unknown", word: "Time ran out; nothing was done" },
  void: { tone: "unknown", word: "No longer valid; nothing was done" },
};

export const effectWords: Record<EffectLine["outcome"], Words> = {
  intended: { tone: "busy", word: "In progress" },
  done: { tone: "ok", word: "Done" },
  "already-so": { tone: "ok", word: "Was already so" },
  refused: { tone: "bad", word: "Refused" },
  unknown: { tone: "unknown", word: "Unknown, not read back yet" },
};

export const classWords: Record<PlanClass, Words> = {
  safe: { tone: "ok", word: "Safe and reversible" },
  exposing: { tone: "warn", word: "Weakens protection" },
  lossy: { tone: "bad", word: "Loses data" },
};
