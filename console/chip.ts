import { html, type Html } from "./html";

/** What a state means to the reader. Each has a shape of its own, so that colour is never alone. */
export type Tone = "ok" | "bad" | "warn" | "unknown" | "busy" | "note";

/** The line art inside a 16 × 16 box, drawn in the chip's own colour. */
const shapes: Record<Tone, Html> = {
  ok: html`<circle cx="8" cy="8" r="6.5" /><path d="M5 8.2l2.1 2.1L11 6.2" />`,
  bad: html`<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z" /><path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" />`,
  warn: html`<path d="M8 1.8l6.6 12H1.4z" /><path d="M8 6.3v3.4M8 11.6v.2" />`,
  unknown: html`<circle cx="8" cy="8" r="6.5" stroke-dasharray="2.6 1.5" /><path d="M6.2 6.4a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.6-.8 1.2M8 11.3v.2" />`,
  busy: html`<circle cx="8" cy="8" r="6.5" /><path d="M8 4.2V8l2.6 1.6" />`,
  note: html`<circle cx="8" cy="8" r="6.5" /><path d="M8 7.4v3.8M8 4.8V5" />`,
};

export function icon(tone: Tone): Html {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${shapes[tone]}</svg>`;
}

/** Icon and word on the state's colour. */
export function chip(tone: Tone, word: string): Html {
  return html`<span class="chip ${tone}">${icon(tone)}${word}</span>`;
}
