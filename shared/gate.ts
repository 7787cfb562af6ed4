import { between, type Instant } from "./time";

export type GateState = "pending" | "granted" | "refused" | "expired" | "void";

/** One person's answer. It binds to the gate and to the plan's hash, so it survives a successor. */
export type Vote = {
  person: string;
  vote: "approve" | "reject";
  reason: string | null;
  at: Instant;
  planHash: string;
};

/** A question to people. It is decided in the ledger by the vote itself; orchestrations only read it. */
export type GateView = {
  id: string;
  state: GateState;
  planHash: string;
  quorum: number;
  asked: string[];
  openedAt: Instant;
  expiresAt: Instant;
  decidedAt: Instant | null;
  /** Why it has the state it has, for the page behind an old link. */
  says: string;
  votes: Vote[];
  /** What it was about has ended: nobody can vote, or veto, any more. */
  over?: boolean;
};

/**
 * The gate as it is at `now`. The ledger writes a time-out down at the orchestration's next tick, and never while
 * no engine runs; but no vote is counted after `expiresAt`, so that nobody needs to wait for that to know it.
 */
export function gateAt(gate: GateView, now: Instant): GateView {
  // A time that can't be read is no time that is left.
  if (gate.state !== "pending" || between(now, gate.expiresAt) > 0) return gate;
  return { ...gate, state: "expired", decidedAt: gate.expiresAt, says: "It was not decided in time." };
}

/** What the votes add up to: one veto stops; approvals count people, not clicks (I-04, I-06). */
export function tally(votes: Vote[], quorum: number, planHash: string): "pending" | "granted" | "refused" {
  if (votes.some((vote) => vote.vote === "reject")) return "refused";
  const people = new Set(
    votes.filter((vote) => vote.vote === "approve" && vote.planHash === planHash).map((vote) => vote.person),
  );
  return people.size >= quorum ? "granted" : "pending";
}
