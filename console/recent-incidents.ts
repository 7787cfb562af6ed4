import type { IncidentSummary } from "../shared/incident";
import type { Instant } from "../shared/time";
import { between } from "../shared/time";
import { chip } from "./chip";
import { html, type Html } from "./html";
import { clock, span } from "./instant";
import { incidentUrl } from "./url";
import { incidentName, incidentState } from "./words";

/** So many are shown, or as many as are open. */
const SHOWN = 15;

/** One line each, the open ones all; the whole story is behind each link. */
export function recentIncidents(incidents: IncidentSummary[], now: Instant): Html {
  const shown = Math.max(SHOWN, incidents.filter(({ state }) => state !== "closed").length);
  return html`<section aria-labelledby="recent"><h2 id="recent">Open and recent incidents</h2>
${incidents.length === 0 && html`<p class="empty">None yet.</p>`}
<ul class="recent">${incidents.slice(0, shown).map((incident) => {
    const { tone, word } = incidentState(incident);
    return html`<li><p><a href="${incidentUrl(incident.id)}">${incidentName(incident)}</a> ${chip(tone, word)}</p><p class="meta">${clock(incident.openedAt, now)}${
      incident.closedAt !== null && html`, took ${span(between(incident.openedAt, incident.closedAt))}`
    }</p></li>`;
  })}</ul>
${incidents.length > shown && html`<p class="meta">And ${incidents.length - shown} earlier ones.</p>`}
</section>`;
}
