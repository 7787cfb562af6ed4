import type { Disagreement } from "../shared/disagreement";
import { html, type Html } from "./html";
import { sighting, subjectName } from "./incident-parts";
import { shorten } from "./shorten";

/** Beyond these the page would grow without bound; all of it is under "Who saw what". */
const MOST_DISPUTES = 12;

/** What each vantage saw of that which they saw differently; nothing when they agree. */
export function disagreementPart({ disputes, blind }: Disagreement, id: string): Html | false {
  if (disputes.length === 0 && blind.length === 0) return false;
  const left = disputes.length - MOST_DISPUTES;
  const title = disputes.length > 0 ? "The vantages disagree" : "A vantage sees nothing";
  return html`<section class="disputes" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
<p class="meta">One place alone proves nothing. Where it sees otherwise than the rest, look at the way from there first.</p>
${disputes.length > 0 && html`<ul>${disputes.slice(0, MOST_DISPUTES).map(dispute)}</ul>`}
${left > 0 && html`<p class="meta">${left} more not shown here.</p>`}
${blind.map(({ by, says }) => html`<p class="blind"><strong>${by}</strong> could look at nothing: ${shorten(says)}</p>`)}
</section>`;
}

function dispute({ of, seen }: Disagreement["disputes"][number]): Html {
  const name = subjectName(of);
  // A part's own name is written as it is.
  const title = "name" in of ? name : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return html`<li><h3>${title}</h3><ul class="observations">${seen.map(({ by, saw, says }) =>
    sighting(saw, html`<strong>${by}</strong>: ${shorten(says)}`),
  )}</ul></li>`;
}
