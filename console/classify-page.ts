import type { IncidentSummary } from "../shared/incident";
import type { Classification } from "../shared/ledger/classification";
import type { Instant } from "../shared/time";
import { icon } from "./chip";
import { codeField, problemAlert, reasonField } from "./form-fields";
import type { GateProblem } from "./gate-view";
import { html, type Html } from "./html";
import { clock, instant } from "./instant";
import { layout } from "./layout";
import { safeUrl } from "./url";
import { findingName } from "./words";

export type ClassifyPageView = {
  company: string;
  incident: IncidentSummary;
  question: Classification;
  person: { name: string; fullName: string; role: string };
  formToken: string;
  classifyUrl: string;
  now: Instant;
  problem?: GateProblem;
};

/** "What is it?": the candidates with their evidence. What is chosen becomes a plan that other people must approve. */
export function classifyPage(view: ClassifyPageView): string {
  const { company, incident, question, person, now } = view;
  const open = question.chosen === null && question.over !== true && incident.state !== "closed";
  const main = html`
${view.problem && problemAlert(view.problem, open)}
<section class="summary" aria-labelledby="title">
<p class="eyebrow">${person.fullName} (${person.role})${open && ", please classify"}</p>
<h1 id="title">What is it?</h1>
<p class="lead">${question.says}</p>
<dl class="facts"><div><dt>Open since</dt><dd>${instant(incident.openedAt, now)}</dd></div></dl>
</section>
${open ? form(view) : decided(view)}`;
  return layout({
    title: "What is it?",
    company,
    kind: "letter",
    main,
    foot: html`<p>As of ${clock(now, now)}. Incident <code>${incident.id}</code>.</p>`,
  });
}

function form(view: ClassifyPageView): Html {
  const { question, formToken, problem } = view;
  return html`<section class="decide" id="decide" aria-labelledby="decide-title"><h2 id="decide-title">Your answer</h2>
<form class="approve" method="post" action="${safeUrl(view.classifyUrl)}">
<input type="hidden" name="form" value="${formToken}">
<fieldset><legend>It is</legend>
${question.candidates.map((one) => choice(one.id, html`<strong>${findingName(one.finding)}</strong>: ${one.target}`, one.says))}
${choice("none", html`<strong>None of these</strong>`, "Everybody is told, and nothing is done.")}
</fieldset>
${reasonField({ ask: "Why do you think so?", hint: "The others read this before they approve." }, problem)}
${codeField(html`Six digits. Somebody else must approve the plan that follows.`, problem)}
<button class="primary" type="submit">${icon("ok")}Classify</button>
</form></section>`;
}

function choice(id: string, label: Html, says: string): Html {
  return html`<p class="choice"><input type="radio" id="c-${id}" name="candidate" value="${id}" required aria-describedby="s-${id}"> <label for="c-${id}">${label}</label><br><span class="hint" id="s-${id}">${says}</span></p>`;
}

function decided({ question, incident }: ClassifyPageView): Html {
  const { chosen, candidates } = question;
  if (chosen === null) return html`<section><p>Nothing to classify any more: ${incident.says}</p></section>`;
  const named = candidates.find((one) => one.id === chosen.candidate);
  const what = named === undefined ? "none of these" : `${findingName(named.finding)} (${named.target})`;
  return html`<section><p>${chosen.person} says: ${what}. <q class="reason">${chosen.reason}</q></p></section>`;
}
