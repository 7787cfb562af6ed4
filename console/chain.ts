import type { Saw } from "../shared/observation";
import { chip, icon, type Tone } from "./chip";
import type { SystemState, SystemView } from "./console-view";
import { html, type Html } from "./html";
import { shorten } from "./shorten";
import { systemName, systemOrder } from "./words";

const stateWords: Record<SystemState, { tone: Tone; word: string }> = {
  healthy: { tone: "ok", word: "Healthy" },
  suspect: { tone: "warn", word: "Suspect" },
  down: { tone: "bad", word: "Down" },
  unknown: { tone: "unknown", word: "Unknown" },
};

const sawWords: Record<Saw, { tone: Tone; word: string }> = {
  healthy: { tone: "ok", word: "sees it healthy" },
  down: { tone: "bad", word: "sees it down" },
  unknown: { tone: "unknown", word: "could not look" },
};

/** Line art in a 32 × 32 box: a name card, a cloud, a fork, a rack. Other systems get a plain box. */
const drawings: Record<string, Html> = {
  dns: html`<rect x="4" y="7" width="24" height="18" rx="3" /><path d="M9 13h8M9 19h14M22 13h1" />`,
  cloudflare: html`<path d="M9 24a5 5 0 0 1-.6-10 8 8 0 0 1 15.3-1.3A5.7 5.7 0 0 1 23 24z" />`,
  "load-balancer": html`<circle cx="7" cy="16" r="3" /><circle cx="25" cy="8" r="3" /><circle cx="25" cy="24" r="3" /><path d="M10 16h3c4 0 4-8 9-8M13 16c4 0 4 8 9 8" />`,
  "api-servers": html`<rect x="6" y="5" width="20" height="9" rx="2" /><rect x="6" y="18" width="20" height="9" rx="2" /><path d="M11 9.5h.2M11 22.5h.2M16 9.5h5M16 22.5h5" />`,
  database: html`<ellipse cx="16" cy="8" rx="9" ry="3.5" /><path d="M7 8v16c0 2 4 3.500 9 3.500s9-1.500 9-3.500V8M7 16c0 2 4 3.500 9 3.500s9-1.500 9-3.500" />`,
};
const plain = html`<rect x="5" y="7" width="22" height="18" rx="3" />`;

/**
 * The systems in the order a request meets them. An ordered list with drawings rather than one picture:
 * it turns upright on a phone, grows with the reader's text size and is read out in order.
 */
export function chain(systems: SystemView[]): Html {
  const place = ({ system }: SystemView) =>
    (systemOrder.indexOf(system) + systemOrder.length + 1) % (systemOrder.length + 1);
  const ordered = systems.toSorted((a, b) => place(a) - place(b));
  if (ordered.length === 0) return html`<p class="empty">No system is being watched yet.</p>`;
  return html`<ol class="chain">${ordered.map(link)}</ol>`;
}

function link({ system, state, says, by }: SystemView): Html {
  const { tone, word } = stateWords[state];
  const drawing = Object.hasOwn(drawings, system) ? drawings[system] : plain;
  return html`<li class="link ${tone}">
<svg class="arrow-in" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M3 12h17M14 6l6 6-6 6" /></svg>
<div class="node">
<div class="node-top"><svg class="drawing" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">${drawing}</svg><h3>${systemName(system)}</h3>${chip(tone, word)}</div>
<p class="node-says">${shorten(says)}</p>
${by.length > 0 && html`<ul class="seen">${by.map(({ who, saw }) => html`<li class="${sawWords[saw].tone}">${icon(sawWords[saw].tone)}<span>${who} ${sawWords[saw].word}</span></li>`)}</ul>`}
</div>
</li>`;
}
