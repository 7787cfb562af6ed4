import { tally, type GateState, type GateView, type Vote } from "../gate";
import type { EffectLine } from "../incident";
import type { Instant } from "../time";
import { all } from "./change";
import type { Ledger } from "./port";
import { detailsOf } from "./record";

/** Where a link leads: only the hash of its token is kept. */
export type LinkRow = { incident: string; gate: string; person: string };

const LINKS = "links";

export async function openGate(
  ledger: Ledger,
  incident: string,
  gate: GateView,
  links: { hash: string; person: string }[],
): Promise<GateView> {
  // The links first: a gate that people can be told of must be reachable. A link without a gate leads nowhere.
  for (const link of links) {
    await ledger.commit(LINKS, [
      { put: link.hash, value: { incident, gate: gate.id, person: link.person } satisfies LinkRow },
    ]);
  }
  await ledger.commit(detailsOf(incident), [{ put: `gate/${gate.id}`, value: gate, ifVersion: null }]);
  return (await readGate(ledger, incident, gate.id)) ?? gate;
}

export async function findLink(ledger: Ledger, hash: string): Promise<LinkRow | undefined> {
  return (await ledger.read<LinkRow>(LINKS, hash))?.value;
}

export async function readGate(
  ledger: Ledger,
  incident: string,
  gate: string,
): Promise<GateView | undefined> {
  return (await ledger.read<GateView>(detailsOf(incident), `gate/${gate}`))?.value;
}

export async function gates(ledger: Ledger, incident: string): Promise<GateView[]> {
  return (await all<GateView>(ledger, detailsOf(incident), "gate/")).map((row) => row.value);
}

/**
 * Decides a pending gate without a vote: it expired, or its plan is void. A gate that people decided
 * stays as they decided it; the state it has now is the answer.
 */
export async function endGate(
  ledger: Ledger,
  incident: string,
  gate: string,
  end: { state: Extract<GateState, "expired" | "void">; says: string; at: Instant },
): Promise<GateView | undefined> {
  for (;;) {
    const row = await ledger.read<GateView>(detailsOf(incident), `gate/${gate}`);
    if (row === undefined || row.value.state !== "pending") return row?.value;
    const ended: GateView = { ...row.value, state: end.state, says: end.says, decidedAt: end.at };
    const done = await ledger.commit(detailsOf(incident), [
      { put: `gate/${gate}`, value: ended, ifVersion: row.version },
    ]);
    if (done === "committed") return ended;
  }
}

export type Cast = { kind: "counted" | "earlier" | "too-late" | "other-plan"; gate: GateView };

/**
 * Takes one person's vote, and decides the gate in the same write when it settles it. The vote is
 * accepted by this write alone: no event and no orchestration need to be alive for it (I-03).
 * A person's second vote changes nothing and shows the first. A veto is another thing: until the plan's
 * run has ended it may follow a yes, one's own or the others'; the next step is not taken then (I-06).
 */
export async function castVote(
  ledger: Ledger,
  incident: string,
  gateId: string,
  vote: Vote,
): Promise<Cast | undefined> {
  for (;;) {
    const row = await ledger.read<GateView>(detailsOf(incident), `gate/${gateId}`);
    if (row === undefined) return undefined;
    const gate = row.value;
    const refused = whyNotCounted(gate, vote);
    if (refused !== undefined) return { kind: refused, gate };
    const votes = [...gate.votes.filter((one) => one.person !== vote.person), vote];
    const state = tally(votes, gate.quorum, gate.planHash);
    const decided: GateView = {
      ...gate,
      votes,
      state,
      ...(state === "pending" ? {} : { decidedAt: vote.at, says: decisionText(state, vote, gate) }),
    };
    const done = await ledger.commit(detailsOf(incident), [
      { put: `gate/${gateId}`, value: decided, ifVersion: row.version },
    ]);
    if (done === "committed") return { kind: "counted", gate: decided };
  }
}

function whyNotCounted(gate: GateView, vote: Vote): Exclude<Cast["kind"], "counted"> | undefined {
  const mine = gate.votes.find((one) => one.person === vote.person);
  const veto = vote.vote === "reject" && gate.over !== true;
  if (mine !== undefined && !(mine.vote === "approve" && veto)) return "earlier";
  if (gate.over === true) return "too-late";
  if (gate.state !== "pending" && !(gate.state === "granted" && veto)) return "too-late";
  if (gate.state === "pending" && vote.at > gate.expiresAt) return "too-late";
  return vote.planHash === gate.planHash ? undefined : "other-plan";
}

/** The plan's run has ended: votes and vetoes come too late from now on. The decision stays as it was. */
export async function sealGate(ledger: Ledger, incident: string, gate: string): Promise<void> {
  for (;;) {
    const row = await ledger.read<GateView>(detailsOf(incident), `gate/${gate}`);
    if (row === undefined || row.value.over === true) return;
    const sealed: GateView = { ...row.value, over: true };
    const done = await ledger.commit(detailsOf(incident), [
      { put: `gate/${gate}`, value: sealed, ifVersion: row.version },
    ]);
    if (done === "committed") return;
  }
}

/**
 * Writes the intent of an approved step, in one batch with the gate as it granted it: a veto that was
 * accepted before this write keeps the step from being taken, whatever was read earlier (I-06).
 */
export async function intendUnderGate(
  ledger: Ledger,
  incident: string,
  gateId: string,
  intent: { key: string; line: EffectLine },
): Promise<"intended" | "not-granted"> {
  for (;;) {
    const row = await ledger.read<GateView>(detailsOf(incident), `gate/${gateId}`);
    if (row?.value.state !== "granted") return "not-granted";
    const done = await ledger.commit(detailsOf(incident), [
      { put: `gate/${gateId}`, value: row.value, ifVersion: row.version },
      { put: `effect/${intent.key}`, value: intent.line },
    ]);
    if (done === "committed") return "intended";
  }
}

function decisionText(state: "granted" | "refused", vote: Vote, before: GateView): string {
  if (state === "granted") return `Approved; ${vote.person} was the last who was needed.`;
  const when = before.state === "granted" ? "Vetoed after the approval" : "Rejected";
  return `${when} by ${vote.person}: ${vote.reason ?? ""}`;
}
