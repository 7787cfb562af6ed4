import { gateAt } from "../shared/gate";
import { between } from "../shared/time";
import { chip } from "./chip";
import { gateDecision } from "./gate-decision";
import { problemAlert } from "./form-fields";
import { gateForms, vetoForm } from "./gate-forms";
import type { GatePageView } from "./gate-view";
import { html, type Html } from "./html";
import { clock, instant, span } from "./instant";
import { layout } from "./layout";
import { planConsequences } from "./plan-consequences";
import { planSteps } from "./plan-steps";
import { approvals, votes } from "./votes";
import { classWords, findingName, systemName } from "./words";

/**
 * The page behind the link in a message: exactly what will happen, and two forms. It has no script and
 * asks for nothing but the style sheet. After an approval only stopping it is left; after its end, nothing.
 */
export function gatePage(given: GatePageView): string {
  const view = { ...given, gate: gateAt(given.gate, given.now) };
  const { company, plan, gate, now } = view;
  const open = mayDecide(view);
  const main = html`
${view.problem && problemAlert(view.problem, open)}
${summary(view, open)}
${!open && gateDecision(view)}
${mayVeto(view) && html`<p class="jump"><a class="button" href="#decide">Stop it after all</a></p>`}
<div class="columns">
<div class="wide">${whatHappens(view)}${planConsequences(plan)}</div>
<div class="narrow">
${open && gateForms(view)}${mayVeto(view) && vetoForm(view)}
<section aria-labelledby="who"><h2 id="who">Who was asked</h2><p>${approvals(gate)} given; one rejection stops the plan.</p>${votes(gate, now, view.person.name)}</section>
</div>
</div>`;
  return layout({
    title: open ? `Decide: ${plan.title}` : plan.title,
    company,
    kind: "letter",
    main,
    foot: html`<p>As of ${clock(now, now)}. This page does not refresh itself; reload it to see later votes.</p>
<p>Incident <code>${view.incident.id}</code>, gate <code>${gate.id}</code>, plan <code>${plan.name}</code>.</p>`,
  });
}

/** The ledger decides; this only spares people a form that it would refuse. */
function mayDecide({ gate, yourVote }: GatePageView): boolean {
  return gate.state === "pending" && yourVote === undefined;
}

/** A yes, one's own or the others', can be stopped as long as the plan's run has not ended. */
function mayVeto({ gate, yourVote }: GatePageView): boolean {
  if (gate.over === true || yourVote?.vote === "reject") return false;
  if (gate.state === "granted") return true;
  return gate.state === "pending" && yourVote !== undefined;
}

function summary({ incident, gate, plan, person, now }: GatePageView, open: boolean): Html {
  return html`<section class="summary" aria-labelledby="title">
<p class="eyebrow">${open ? html`${person.fullName} (${person.role}), please decide` : html`${person.fullName} (${person.role})`}</p>
<h1 id="title">${plan.title}</h1>
<p class="lead">${incident.says}</p>
<dl class="facts">
<div><dt>${incident.closedAt === null ? "What is down" : "What was down"}</dt><dd>${systemName(plan.system)}: ${findingName(plan.finding)}</dd></div>
<div><dt>${incident.closedAt === null ? "Since" : "Was down since"}</dt><dd>${instant(incident.openedAt, now)}</dd></div>
${
  gate.state === "pending" &&
  html`<div><dt>Time left</dt><dd><strong>${span(between(now, gate.expiresAt))}</strong>, until ${clock(gate.expiresAt, now)}</dd></div>`
}
<div><dt>Votes</dt><dd>${approvals(gate)}; <a href="#who">who was asked</a></dd></div>
<div><dt>Plan</dt><dd><code class="hash">${gate.planHash.slice(0, 12)}</code> ${chip(classWords[plan.class].tone, classWords[plan.class].word)}</dd></div>
</dl>
${open && html`<p class="jump"><a class="button" href="#decide">Approve or reject</a></p>`}
</section>`;
}

function whatHappens({ plan, gate }: GatePageView): Html {
  return html`<section aria-labelledby="happens"><h2 id="happens">${gate.state === "pending" ? "What will happen" : "What was proposed"}</h2>
${planSteps(plan)}
</section>`;
}
