/** The pages' style sheet, as text: Azure serves only what is compiled. No `url()` and no font from anywhere. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #171a1f; --quiet: #56606c; --line: #d9dee5; --edge: #77818e;
  --accent: #2852c8; --on-accent: #ffffff; --accent-soft: #e7edfc;
  --ok: #12683a; --ok-soft: #e2f4e9;
  --bad: #b0231b; --bad-soft: #fde9e7;
  --warn: #855000; --warn-soft: #fcf0d9;
  --unknown: #4a5461; --unknown-soft: #e9edf2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1216; --card: #171b21; --ink: #e9ecf0; --quiet: #a5aeba; --line: #2d343d; --edge: #7c8794;
    --accent: #9ab7ff; --on-accent: #0c1530; --accent-soft: #1c2746;
    --ok: #74d69c; --ok-soft: #14301f;
    --bad: #ffa198; --bad-soft: #3c1917;
    --warn: #f1c069; --warn-soft: #35280d;
    --unknown: #b8c1cc; --unknown-soft: #262c34;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  overflow-wrap: anywhere;
}
h1, h2, h3, h4, p, ul, ol, dl, dd { margin: 0; }
ul, ol { padding: 0; list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.0625rem; line-height: 1.35; }
h3 { font-size: 1rem; }
h4 { font-size: 0.8125rem; color: var(--quiet); font-weight: 600; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
code {
  font: 0.875em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  unicode-bidi: isolate;
}
time { white-space: nowrap; }
q { quotes: "\\201c" "\\201d"; }
.hidden, .skip:not(:focus) {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.skip:focus { position: fixed; top: 0.5rem; left: 0.5rem; padding: 0.5rem 1rem; background: var(--card); z-index: 2; }
.icon { flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }

.top, main, .foot { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
.top { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; padding-top: 0.75rem; padding-bottom: 0.75rem; }
.brand { font-weight: 650; color: var(--ink); text-decoration: none; }
a.brand:hover { text-decoration: underline; }
.top nav { margin-left: auto; font-size: 0.875rem; }
.product { color: var(--quiet); font-size: 0.875rem; }
.foot { color: var(--quiet); font-size: 0.8125rem; padding-top: 1.5rem; padding-bottom: 3rem; }
main { display: grid; gap: 1.25rem; }
section { display: grid; gap: 0.5rem; min-width: 0; align-content: start; justify-items: start; }
section > * { max-width: 100%; }
.columns, .wide, .narrow { display: grid; gap: 1.25rem; min-width: 0; align-content: start; }
.wide > section, .narrow > section, .card, .summary, .decide {
  background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1rem;
}
section > ul, section > ol, section > form, section > dl { width: 100%; }
.meta, .ago, .hint, .empty { color: var(--quiet); font-size: 0.875rem; }
.empty { font-size: 1rem; }
.reason { font-style: italic; }

.chip {
  display: inline-flex; gap: 0.35rem; align-items: center; padding: 0.1rem 0.6rem 0.1rem 0.45rem;
  border-radius: 1rem; font-size: 0.8125rem; font-weight: 600; line-height: 1.4; vertical-align: middle;
}
.chip.ok { color: var(--ok); background: var(--ok-soft); }
.chip.bad { color: var(--bad); background: var(--bad-soft); }
.chip.warn { color: var(--warn); background: var(--warn-soft); }
.chip.unknown, .chip.note { color: var(--unknown); background: var(--unknown-soft); }
.chip.busy { color: var(--accent); background: var(--accent-soft); }

.alert {
  display: flex; gap: 0.6rem; padding: 0.75rem 1rem; border-radius: 0.75rem; color: var(--bad);
  background: var(--bad-soft); border: 1px solid var(--bad);
}
.alert .icon { width: 1.25rem; height: 1.25rem; margin-top: 0.15rem; }
.alert .ago, .alert a { color: inherit; }
#live:empty { display: none; }
.stale #live {
  position: fixed; inset: auto 0 0 0; padding: 0.75rem 1rem; background: var(--bad-soft); color: var(--bad);
  border-top: 2px solid var(--bad); font-size: 1rem; font-weight: 600; text-align: center; z-index: 1;
}

.eyebrow { color: var(--quiet); font-size: 0.875rem; }
.lead { font-size: 1.0625rem; }
.facts { display: grid; gap: 0.4rem 1.5rem; }
.facts > div { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0.5rem; align-items: baseline; }
.facts dt, .label { color: var(--quiet); font-size: 0.8125rem; }
.facts dd { font-weight: 500; }
.steps { counter-reset: step; }
.steps > li { counter-increment: step; position: relative; padding: 0 0 0.9rem 2.25rem; display: grid; gap: 0.3rem; justify-items: start; }
.steps > li:last-child { padding-bottom: 0; }
.steps > li::before {
  content: counter(step); position: absolute; left: 0; top: 0; width: 1.5rem; height: 1.5rem; border-radius: 50%;
  display: grid; place-items: center; font-size: 0.8125rem; font-weight: 650; background: var(--accent-soft); color: var(--accent);
}
.steps > li:not(:last-child)::after { content: ""; position: absolute; left: 0.72rem; top: 1.75rem; bottom: 0.25rem; border-left: 1px solid var(--line); }
.says { font-weight: 500; }
.change { display: inline-grid; gap: 0.15rem; justify-items: start; max-width: 100%; }
.resource { color: var(--quiet); }
.values { display: flex; flex-wrap: wrap; gap: 0.15rem 0.4rem; align-items: baseline; }
.old, .new, .hash { padding: 0.05rem 0.35rem; border-radius: 0.3rem; background: var(--unknown-soft); color: var(--unknown); }
.new { background: var(--accent-soft); color: var(--accent); font-weight: 650; }
.undo { color: var(--quiet); font-size: 0.875rem; }
.undo .change { display: inline; }
.undo .values { display: inline; }
.undo .old, .undo .new { background: none; color: inherit; padding: 0; font-weight: inherit; }
.losses { display: grid; gap: 0.4rem; }
.losses li { display: flex; gap: 0.5rem; color: var(--warn); }
.losses .icon { margin-top: 0.25rem; }
.losses span { color: var(--ink); }
.plain { display: grid; gap: 0.35rem; }
.plain li { padding-left: 1rem; position: relative; }
.plain li::before { content: ""; position: absolute; left: 0.15rem; top: 0.65em; width: 0.35rem; height: 0.35rem; border-radius: 50%; background: var(--edge); }
.people, .gates, .items, .observations, .recent { display: grid; gap: 0.6rem; }
.people li { display: flex; flex-wrap: wrap; gap: 0.15rem 0.5rem; align-items: center; }
.who { font-weight: 600; }

.button, button {
  display: inline-flex; gap: 0.5rem; align-items: center; justify-content: center; min-height: 3rem; padding: 0.5rem 1.25rem;
  font: inherit; font-weight: 650; border-radius: 0.6rem; border: 1px solid var(--edge); background: var(--card); color: var(--ink);
  text-decoration: none; cursor: pointer;
}
.primary, .jump .button { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button:hover, .button:hover { filter: brightness(1.08); }
form { display: grid; gap: 0.4rem; }
label { font-weight: 600; }
input[type="text"] {
  width: 100%; min-height: 3rem; padding: 0.5rem 0.75rem; font: inherit; font-size: 1rem; color: var(--ink); background: var(--page);
  border: 1px solid var(--edge); border-radius: 0.6rem;
}
input[aria-invalid] { border: 2px solid var(--bad); }
#code { font: 1.35rem/1 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; letter-spacing: 0.2em; }
.problem { display: flex; gap: 0.4rem; color: var(--bad); font-weight: 600; font-size: 0.9375rem; }
.problem .icon { margin-top: 0.25rem; }
.decide { border-color: var(--accent) !important; scroll-margin-top: 1rem; }
.reject { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h2 + .reject { margin-top: 0; padding-top: 0; border-top: 0; }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; font-weight: 600; }
.choice { position: relative; margin: 0.5rem 0 0; padding: 0.75rem 0.75rem 0.75rem 2.75rem; border: 1px solid var(--line); border-radius: 0.5rem; }
.choice input { position: absolute; left: 0.9rem; top: 0.9rem; width: 1.25rem; height: 1.25rem; margin: 0; }
.choice label::after { content: ""; position: absolute; inset: 0; }
.jump { width: 100%; }
.jump .button { width: 100%; }

.headline { gap: 0.4rem; }
.chain { display: grid; gap: 1.75rem; }
.link { position: relative; display: grid; min-width: 0; }
.arrow-in, .drawing { fill: none; stroke: var(--edge); stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
.arrow-in { position: absolute; top: -1.65rem; left: calc(50% - 0.75rem); transform: rotate(90deg); }
.link:first-child .arrow-in { display: none; }
.node { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 0.75rem 0.9rem; display: grid; gap: 0.35rem; align-content: start; }
.node-top { display: flex; flex-wrap: wrap; gap: 0.25rem 0.6rem; align-items: center; }
.node-top .chip { margin-left: auto; }
.drawing { flex: none; stroke: var(--accent); stroke-width: 2; }
.link.bad .node { border: 2px solid var(--bad); }
.link.warn .node { border: 2px dashed var(--warn); }
.link.unknown .node { border: 2px dotted var(--edge); }
.node-says { font-size: 0.9375rem; }
.seen { font-size: 0.8125rem; display: grid; gap: 0.15rem; }
.seen li { display: flex; gap: 0.35rem; align-items: center; color: var(--unknown); }
.seen .ok { color: var(--ok); }
.seen .bad { color: var(--bad); }
.seen span { color: var(--quiet); }

.card { display: grid; gap: 0.75rem; min-width: 0; }
.card > header { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: center; justify-content: space-between; }
.card h3 { font-size: 1.125rem; }
.card section { border-top: 1px solid var(--line); padding-top: 0.75rem; }
.timeline { display: grid; gap: 0.5rem; }
.timeline li { display: grid; gap: 0 0.75rem; }
.when { color: var(--quiet); font-size: 0.8125rem; font-variant-numeric: tabular-nums; white-space: nowrap; padding-top: 0.15rem; }
.observations li { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; align-items: baseline; }
.disputes > ul { display: grid; gap: 0.75rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); }
.disputes .observations { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.35rem 0.5rem; }
.disputes .observations li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; }
.disputes .observations .chip { justify-self: start; }
.disputes h3 { font-size: 1rem; margin-bottom: 0.35rem; }
.recent li { padding-bottom: 0.6rem; border-bottom: 1px solid var(--line); }
.recent li:last-child { border: 0; padding: 0; }
.gates > li, .items > li { display: grid; gap: 0.3rem; }
.gates > li + li { border-top: 1px solid var(--line); padding-top: 0.6rem; }
summary { cursor: pointer; font-weight: 600; font-size: 0.875rem; color: var(--quiet); padding: 0.35rem 0; }
details { border-top: 1px solid var(--line); padding-top: 0.4rem; }
.card .undo { display: none; }

@media (min-width: 40rem) {
  .facts { grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
  .facts > div { display: block; }
  .timeline li { grid-template-columns: 6.25rem minmax(0, 1fr); }
}
@media (min-width: 60rem) {
  h1 { font-size: 1.75rem; }
  .top, main, .foot { padding-left: 1.5rem; padding-right: 1.5rem; }
  .columns { grid-template-columns: minmax(0, 1fr) 23rem; }
  .jump { display: none; }
  .letter .narrow { position: sticky; top: 1rem; }
  .chain { grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); }
  .node-top { display: grid; grid-template-columns: 2rem minmax(0, 1fr); }
  .node-top .chip { grid-column: 1 / -1; justify-self: start; margin: 0; }
  .arrow-in { transform: none; top: calc(50% - 0.75rem); left: -1.63rem; }
}
@media (max-width: 40rem) {
  .link.ok .seen { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media (forced-colors: active) {
  .chip, .old, .new, .hash { border: 1px solid; }
}
@media print {
  .jump, .skip, form, .arrow-in { display: none; }
}
`;
