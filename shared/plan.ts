import type { Finding, System } from "./finding";
import type { PowerState, ServiceState } from "./machine";
import type { AdminState } from "./world";

/**
 * A recovery plan resolved to exact old → new values. It is hashed, stored in the ledger, shown,
 * approved and executed; whatever changes it makes another plan, with another hash (S-03).
 */
export type PinnedPlan = {
  /** The plan's name, under which its orchestration is registered. */
  name: string;
  title: string;
  incident: string;
  finding: Finding;
  system: System;
  /** What the change is about: a server, a balancer, the service's name. */
  target: string;
  class: PlanClass;
  /** Distinct people who must say yes. */
  quorum: number;
  steps: PinnedStep[];
  /** What is lost while the plan is in force, in sentences. */
  losses: string[];
  /** How it is undone, in a sentence. */
  wayBack: string;
  /** Why this is proposed: the diagnosis in sentences. */
  evidence: string[];
  /** Who asked for it, or classified it by hand: that person can't approve it. Null: the evidence alone. */
  requestedBy: string | null;
  /** Why people are asked although the plan is safe and armed: something in it may be somebody's own will. Left out: nothing is. */
  asks?: string;
  /** What stays open when the plan is done, and whether going home needs its own approval. Null: nothing does, because it repairs, or is the way home. */
  home: { item: string; asks: boolean } | null;
};

/** recovery-guide §5.0: safe may be automatic within limits; exposing needs one approval; lossy two people. */
export type PlanClass = "safe" | "exposing" | "lossy";

export type PinnedStep = {
  /** Unique in the plan; effects are keyed by it. */
  id: string;
  says: string;
  change: Change;
  /** The inverse change, or a sentence why there is none. */
  undo: Change | { none: string };
};

/** One exact change of one resource. Desired state: doing it twice is doing it once. */
export type Change =
  | { do: "setServerState"; balancer: string; server: string; old: AdminState; new: AdminState }
  | { do: "pointRecord"; record: string; hostname: string; old: RecordValue; new: RecordValue; to: string }
  | { do: "setSecurityLevel"; zone: string; old: SecurityLevel; new: SecurityLevel }
  | { do: "startMachine"; part: string; old: PowerState; new: PowerState }
  | { do: "startService"; part: string; service: string; old: ServiceState; new: ServiceState };

/** How suspicious CloudFlare is of who asks, from least to most. `under_attack` checks every browser before it lets it in. */
export const securityLevels = ["off", "essentially_off", "low", "medium", "high", "under_attack"] as const;
export type SecurityLevel = (typeof securityLevels)[number];

/** What of a DNS record a plan may change, and what it must still be before. `to` names the estate's part behind `new`. */
export type RecordValue = { type: "A" | "AAAA"; content: string; proxied: boolean; ttl: number };

export function resourceOf(change: Change): string {
  switch (change.do) {
    case "setServerState":
      return `${change.balancer}/${change.server}`;
    case "pointRecord":
      return `dns/${change.hostname}/${change.record}`;
    case "setSecurityLevel":
      return `zone/${change.zone}/security_level`;
    case "startMachine":
      return `machine/${change.part}`;
    case "startService":
      return `service/${change.part}/${change.service}`;
  }
}

/** What a change sets, and what it must still be before: a word, or a record. */
export type Value = Change["new"];

export function textOfValue(value: Value): string {
  if (typeof value === "string") return value;
  return `${value.type} ${value.content} ${value.proxied ? "proxied" : "DNS only"} ttl ${value.ttl}`;
}
