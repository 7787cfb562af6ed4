import { disagreement } from "../shared/disagreement";
import type { IncidentDetail } from "../shared/incident";
import { between, type Instant } from "../shared/time";
import { chip } from "./chip";
import { consoleFoot } from "./console-foot";
import { disagreementPart } from "./disagreement";
import { html, type Content, type Html } from "./html";
import { effectLines, openItems } from "./incident-changes";
import { gateList, observationList, planMeta, timeline } from "./incident-parts";
import { instant, span } from "./instant";
import { layout } from "./layout";
import { planConsequences } from "./plan-consequences";
import { planProgress } from "./plan-steps";
import { incidentName, incidentState, systemName } from "./words";

/** `/incidents/{id}`: the whole story of one incident, in the order it was written. */
export function incidentPage(incident: IncidentDetail, company: string, now: Instant): string {
  const { plan, gates, effects, exposures, observations } = incident;
  const main = html`${summary(incident, now)}
<div class="columns">
<div class="wide">
${part("timeline", "Timeline", timeline(incident.timeline, now))}
${plan && part("plan", `Plan: ${plan.title}`, html`${planMeta(plan)}${planProgress(plan, effects)}`)}
${plan && planConsequences(plan)}
${effects.length > 0 && part("effects", "What was changed", effectLines(effects, now))}
</div>
<div class="narrow">
${gates.length > 0 && part("gates", "Decisions", gateList(gates, now))}
${exposures.length > 0 && part("items", "Open items", openItems(exposures, now))}
${disagreementPart(disagreement(observations), "disagreement")}
${observations.length > 0 && part("seen", "Who saw what", observationList(observations))}
</div>
</div>`;
  const title = `${incidentName(incident)}: ${incidentState(incident).word}`;
  return layout({ title, company, kind: "console", main, foot: consoleFoot(now) });
}

function part(id: string, title: string, content: Content): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
}

function summary(incident: IncidentDetail, now: Instant): Html {
  const { system, openedAt, closedAt } = incident;
  const { tone, word } = incidentState(incident);
  return html`<section class="summary" aria-labelledby="title">
<p class="eyebrow"><a href="/">All incidents</a> · ${system !== null && html`${systemName(system)} · `}<code>${incident.id}</code></p>
<h1 id="title">${incidentName(incident)}</h1>
<p aria-live="polite">${chip(tone, word)}</p>
<p class="lead">${incident.says}</p>
<dl class="facts">
<div><dt>Opened</dt><dd>${instant(openedAt, now)}</dd></div>
<div><dt>${closedAt === null ? "Open for" : "Closed"}</dt><dd>${closedAt === null ? span(between(openedAt, now)) : html`${instant(closedAt, now)}, after ${span(between(openedAt, closedAt))}`}</dd></div>
</dl>
</section>`;
}
