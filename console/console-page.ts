import { chip } from "./chip";
import { chain } from "./chain";
import type { ConsoleView } from "./console-view";
import { consoleFoot } from "./console-foot";
import { disagreementPart } from "./disagreement";
import { headline } from "./headline";
import { html, type Html } from "./html";
import { incidentCard } from "./incident-card";
import { instant } from "./instant";
import { layout } from "./layout";
import { recentIncidents } from "./recent-incidents";
import { stopBanner, stopForm } from "./stop";

/** So many open incidents are shown whole; a storm's others are in the list, and the page stays small. */
const SHOWN_WHOLE = 5;

/** The incident console: how the service is, what is being done about it, and the stop. */
export function consolePage(view: ConsoleView): string {
  const { tone, word, says } = headline(view);
  const main = html`
${view.stop && stopBanner(view.stop, view.now)}
<section class="headline" aria-labelledby="title">
<h1 id="title" aria-live="polite">${says}</h1>
<p>${chip(tone, word)} ${lastLook(view)}</p>
</section>
<section aria-labelledby="chain"><h2 id="chain">The way of a request</h2>${chain(view.systems)}</section>
${disagreementPart(view.disagreement, "disagreement")}
<div class="columns">
<div class="cards">${openIncidents(view)}</div>
<div class="narrow">${recentIncidents(view.incidents, view.now)}${stopForm(view.stop)}</div>
</div>`;
  return layout({ title: says, company: view.company, kind: "console", main, foot: consoleFoot(view.now) });
}

function lastLook({ lastLookAt, now }: ConsoleView): Html {
  if (lastLookAt === null) return html``;
  return html`Last look ${instant(lastLookAt, now)}.`;
}

function openIncidents({ open, now }: ConsoleView): Html {
  const others = open.length - SHOWN_WHOLE;
  return html`<section aria-labelledby="open"><h2 id="open">Open incidents</h2>
${open.length === 0 && html`<p class="empty">None. When something breaks, every decision about it is written here.</p>`}
${open.slice(0, SHOWN_WHOLE).map((incident, i) => incidentCard(incident, now, `open-${i}`))}
${others > 0 && html`<p>And ${others} more, in the list of incidents.</p>`}
</section>`;
}
