import { tally, type GateView, type Vote } from "../shared/gate";
import type { Instant } from "../shared/time";
import { chip } from "./chip";
import { html, type Html } from "./html";
import { instant } from "./instant";

/** Everybody who was asked and everybody who answered, and what they said. `you` is marked. */
export function votes(gate: GateView, now: Instant, you?: string): Html {
  const people = [...new Set([...gate.asked, ...gate.votes.map((vote) => vote.person)])];
  return html`<ul class="people">${people.map((person) => {
    const vote = gate.votes.findLast((vote) => vote.person === person);
    const name = html`<span class="who">${person}${person === you && " (you)"}</span>`;
    return html`<li>${name} ${vote === undefined ? chip("unknown", gate.state === "pending" ? "No answer yet" : "No answer") : answer(vote, gate, now)}</li>`;
  })}</ul>`;
}

/** "1 of 2 approvals". Counted as the ledger counts: people, for this very plan. */
export function approvals(gate: GateView): string {
  const people = new Set(gate.votes.filter((vote) => counts(vote, gate)).map((vote) => vote.person));
  return `${people.size} of ${gate.quorum} approval${gate.quorum === 1 ? "" : "s"}`;
}

function answer(vote: Vote, gate: GateView, now: Instant): Html {
  const reason = vote.reason !== null && html`<q class="reason">${vote.reason}</q>`;
  if (vote.vote === "reject") return html`${chip("bad", "Rejected")} ${instant(vote.at, now)} ${reason}`;
  if (!counts(vote, gate))
    return html`${chip("unknown", "Approved an earlier plan, not this one")} ${instant(vote.at, now)}`;
  return html`${chip("ok", "Approved")} ${instant(vote.at, now)} ${reason}`;
}

/** Whether this vote, alone and with a quorum of one, would carry the gate. */
function counts(vote: Vote, gate: GateView): boolean {
  return tally([vote], 1, gate.planHash) === "granted";
}
