import type { IncidentDetail } from "../shared/incident";
import { between, type Instant } from "../shared/time";
import { chip } from "./chip";
import { html, type Content, type Html } from "./html";
import { openItems } from "./incident-changes";
import { gateList, latestLines, observationList, planMeta } from "./incident-parts";
import { clock, span } from "./instant";
import { shorten } from "./shorten";
import { planProgress } from "./plan-steps";
import { incidentUrl } from "./url";
import { incidentName, incidentState, systemName } from "./words";

const LATEST = 4;

/** An open incident on the console: what is decided and done now. The whole story is behind its link. */
export function incidentCard(incident: IncidentDetail, now: Instant, id: string): Html {
  const { plan, gates, effects, exposures, observations, system, openedAt } = incident;
  const { tone, word } = incidentState(incident);
  const part = (name: string, title: string, content: Content) =>
    html`<section aria-labelledby="${id}-${name}"><h4 id="${id}-${name}">${title}</h4>${content}</section>`;
  return html`<article class="card" aria-labelledby="${id}">
<header><h3 id="${id}"><a href="${incidentUrl(incident.id)}">${incidentName(incident)}</a></h3>${chip(tone, word)}</header>
<p class="lead">${shorten(incident.says)}</p>
<p class="meta">${system !== null && html`${systemName(system)} · `}open for ${span(between(openedAt, now))}, since ${clock(openedAt, now)} · <code>${incident.id}</code></p>
${gates.length > 0 && part("gates", "Decisions", gateList(gates, now))}
${part("latest", "Latest", latestLines(incident.timeline, now, LATEST))}
${plan && part("plan", `Plan: ${plan.title}`, html`${planMeta(plan)}${planProgress(plan, effects)}`)}
${exposures.length > 0 && part("items", "Open items", openItems(exposures, now))}
${observations.length > 0 && html`<details><summary>Who saw what</summary>${observationList(observations)}</details>`}
</article>`;
}
