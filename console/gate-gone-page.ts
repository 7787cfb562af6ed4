import { html } from "./html";
import { layout } from "./layout";

/** For a link that leads nowhere (any more). It tells a guesser nothing: no incident, no plan, no person. */
export function gateGonePage({ company, says }: { company: string; says: string }): string {
  return layout({
    title: "This link leads nowhere",
    company,
    kind: "letter",
    main: html`<section class="summary" aria-labelledby="title"><h1 id="title">This link leads nowhere</h1>
<p class="lead">${says}</p>
<p>Nothing was decided or changed by opening it. If you were asked just now, use the newest message you have.</p></section>`,
    foot: html`<p>If you are on call and unsure, ask a colleague by phone.</p>`,
  });
}
