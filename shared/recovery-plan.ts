import type { Finding } from "./finding";
import type { PlanClass, SecurityLevel } from "./plan";
import type { AdminState } from "./world";

/**
 * A recovery plan as it is written: one disaster's page of the document. It has no conditions and no
 * loops; a branch is another finding, or an activity that decides. `{target}`, `{to}` and `{service}`
 * in its sentences are filled in when the plan is pinned.
 */
export type RecoveryPlan = {
  /** Also the name of its orchestration. Never reuse a name for another plan. */
  name: string;
  title: string;
  answers: Finding;
  class: PlanClass;
  /** Distinct people who must say yes when it is not automatic. */
  quorum: number;
  /** Recovery time and recovery point objective. */
  objectives: { rto: string; rpo: string };
  steps: StepTemplate[];
  losses: string[];
  wayBack: string;
  /** What stays open when it is done, and who puts it back when. Null: it repairs, and nothing stays open. */
  home: { item: string; asks: boolean } | null;
  /** The plan that is tried next when this repair did not cure. Left out: people take over. */
  otherwise?: string;
};

/** One thing to do. `within` is the time it may take, seconds. */
export type StepTemplate =
  /** Puts the server that the finding names into a state of HAProxy's. */
  | { says: string; do: "setServerState"; to: AdminState; within: number }
  /** Points the service's records at the first healthy of: standby balancer, backup server, main server. */
  | { says: string; do: "pointRecord"; within: number }
  /** Puts the service's records that lead out of the estate back to their last known good values, in place. */
  | { says: string; do: "restoreRecords"; within: number }
  /** Takes all records of the service's name out of CloudFlare's proxy, at the same addresses. */
  | { says: string; do: "unproxyRecords"; within: number }
  /** Sets how suspicious CloudFlare is of who asks, for the whole zone. */
  | { says: string; do: "setSecurityLevel"; to: SecurityLevel; within: number }
  /** Starts what stands still: the service of a machine that runs, or the machine, and its service with it. */
  | { says: string; do: "start"; parts: "target" | "all-servers"; within: number };

export function fill(text: string, words: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
}
