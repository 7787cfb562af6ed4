import type { IncidentSummary } from "../shared/incident";
import type { Instant } from "../shared/time";
import { between } from "../shared/time";
import { chip } from "./chip";
import { html, type Html } from "./html";
import { clock, span } from "./instant";
import { incidentUrl } from "./url";
import { incidentName, incidentState } from "./words";

const SHOWN = 15;

/** The latest incidents, one line each; the whole story is behind each link. */
export function recentIncidents(incidents: IncidentSummary[], now: Instant): Html {
  return html`<section aria-labelledby="recent"><h2 id="recent">Recent incidents</h2>
${incidents.length === 0 && html`<p class="empty">None yet.</p>`}
<ul class="recent">${incidents.slice(0, SHOWN).map((incident) => {
    const { tone, word } = incidentState(incident);
    return html`<li><p><a href="${incidentUrl(incident.id)}">${incidentName(incident)}</a> ${chip(tone, word)}</p><p class="meta">${clock(incident.openedAt, now)}${
      incident.closedAt !== null && html`, took ${span(between(incident.openedAt, incident.closedAt))}`
    }</p></li>`;
  })}</ul>
${incidents.length > SHOWN && html`<p class="meta">And ${incidents.length - SHOWN} earlier ones.</p>`}
</section>`;
}
