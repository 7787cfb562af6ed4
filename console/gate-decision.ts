import type { GateView } from "../shared/gate";
import type { Instant } from "../shared/time";
import { chip } from "./chip";
import type { GatePageView } from "./gate-view";
import { html, type Html } from "./html";
import { instant } from "./instant";
import { approvals } from "./votes";
import { gateWords } from "./words";

/** In place of the forms: what was decided, by whom, when and why; or that your own vote is in. */
export function gateDecision({ gate, yourVote, now }: GatePageView): Html {
  return html`<section class="decide" aria-labelledby="decide-title">
${gate.state === "pending" ? undecided(gate) : decided(gate, now)}
${
  yourVote !== undefined &&
  html`<p>You ${yourVote.vote === "approve" ? "approved" : "rejected"} this ${instant(yourVote.at, now)}.</p>`
}
</section>`;
}

/** Pending without forms: the reader's vote is in, and others are waited for. */
function undecided(gate: GateView): Html {
  return html`<h2 id="decide-title">Your vote is in</h2><p>${chip("busy", "Waiting for others")}</p>
<p>${approvals(gate)} given. Nothing happens before the last one is.</p>`;
}

function decided(gate: GateView, now: Instant): Html {
  const { tone, word } = gateWords[gate.state];
  const byPeople = gate.state === "granted" || gate.state === "refused";
  return html`<h2 id="decide-title">${byPeople ? "The decision" : "Nobody decides this any more"}</h2><p>${chip(tone, word)}${gate.decidedAt !== null && html` ${instant(gate.decidedAt, now)}`}</p>
<p>${gate.says}${!byPeople && " If it still matters, the newest message you have leads to it."}</p>${deciders(gate)}`;
}

function deciders({ state, votes }: GateView): Html | false {
  if (state !== "granted" && state !== "refused") return false;
  const deciding = votes.filter(({ vote }) => (vote === "approve") === (state === "granted"));
  const people = [...new Set(deciding.map((vote) => vote.person))].join(", ");
  const reasons = deciding.flatMap(({ reason }) =>
    reason === null ? [] : [html` <q class="reason">${reason}</q>`],
  );
  return people !== "" && html`<p>By ${people}.${reasons}</p>`;
}
