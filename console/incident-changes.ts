import type { EffectLine, OpenItem } from "../shared/incident";
import { between, type Instant } from "../shared/time";
import { chip } from "./chip";
import { html, type Html } from "./html";
import { clock, instant } from "./instant";
import { oldToNew } from "./plan-steps";
import { shorten } from "./shorten";
import { effectWords } from "./words";

/** Many more than any plan makes; a runaway must not make the page grow without bound. */
const MOST = 60;

/** What was really changed, in the order it was done. */
export function effectLines(effects: EffectLine[], now: Instant): Html {
  return html`<ol class="timeline">${effects.slice(-MOST).map((effect) => {
    const { tone, word } = effectWords[effect.outcome];
    return html`<li><span class="when">${clock(effect.at, now)}</span><div><p>${chip(tone, word)} <span class="meta">step ${effect.step}</span></p>${oldToNew(effect.resource, effect.old, effect.new)}</div></li>`;
  })}</ol>`;
}

/** What the recovery still owes, who owns it, and by when. */
export function openItems(items: OpenItem[], now: Instant): Html {
  return html`<ul class="items">${items.slice(0, MOST).map((item) => html`<li>${itemState(item, now)}<p>${shorten(item.says)}</p></li>`)}</ul>`;
}

function itemState({ owner, dueAt, closedAt, closedSays }: OpenItem, now: Instant): Html {
  if (closedAt !== null) {
    return html`<p>${chip("ok", "Settled")} ${instant(closedAt, now)}${closedSays !== null && html` ${shorten(closedSays)}`}</p>`;
  }
  const overdue = between(dueAt, now) > 0;
  return html`<p>${overdue ? chip("bad", "Overdue") : chip("warn", "Open")} owner ${owner}, due ${instant(dueAt, now)}</p>`;
}
