import type { PinnedPlan } from "../shared/plan";
import { icon } from "./chip";
import { html, type Html } from "./html";

/** What a plan costs, how one gets home from it, and why it is proposed. Whole, like its steps. */
export function planConsequences({ losses, wayBack, evidence, home }: PinnedPlan): Html {
  return html`<section aria-labelledby="lost"><h2 id="lost">What may be lost</h2>
${
  losses.length > 0
    ? html`<ul class="losses">${losses.map((loss) => html`<li>${icon("warn")}<span>${loss}</span></li>`)}</ul>`
    : html`<p>Nothing that the plan knows of.</p>`
}
</section>
<section aria-labelledby="back"><h2 id="back">How it is undone</h2><p>${wayBack}</p>
${home !== null && html`<p><span class="label">Until then</span> ${home.item}${home.asks && html` <span class="meta">Going back asks for its own approval.</span>`}</p>`}</section>
<section aria-labelledby="why"><h2 id="why">Evidence</h2>
${
  evidence.length > 0
    ? html`<ul class="plain">${evidence.map((line) => html`<li>${line}</li>`)}</ul>`
    : html`<p>None was recorded.</p>`
}
</section>`;
}
