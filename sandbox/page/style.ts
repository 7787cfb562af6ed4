/** The sandbox page's style sheet. It looks like the console's, and shares nothing with it: the sandbox imports no console. */
export function sandboxPageStyle(): string {
  return style;
}

const style = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #171a1f; --quiet: #56606c; --line: #d9dee5; --edge: #77818e;
  --accent: #2852c8; --on-accent: #ffffff;
  --ok: #12683a; --ok-soft: #e2f4e9; --bad: #b0231b; --bad-soft: #fde9e7; --none: #4a5461; --none-soft: #e9edf2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1216; --card: #171b21; --ink: #e9ecf0; --quiet: #a5aeba; --line: #2d343d; --edge: #7c8794;
    --accent: #9ab7ff; --on-accent: #0c1530;
    --ok: #74d69c; --ok-soft: #14301f; --bad: #ffa198; --bad-soft: #3c1917; --none: #b8c1cc; --none-soft: #262c34;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
h1, h2, h3, p, ol { margin: 0; }
ol { padding: 0; list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.0625rem; }
h3 { font-size: 1rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
[hidden] { display: none !important; }
.hidden, .skip:not(:focus) {
  position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.skip:focus { position: fixed; top: 0.5rem; left: 0.5rem; padding: 0.5rem 1rem; background: var(--card); z-index: 2; }
.top, main, .foot { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
.top { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; padding-top: 0.75rem; padding-bottom: 0.75rem; }
.top nav { margin-left: auto; }
.brand { font-weight: 650; }
.quiet { color: var(--quiet); font-size: 0.875rem; font-weight: 400; }
.foot { color: var(--quiet); font-size: 0.8125rem; padding-top: 1.5rem; padding-bottom: 3rem; }
main { display: grid; gap: 1.25rem; }
section { display: grid; gap: 0.6rem; align-content: start; min-width: 0; }
.card, .node, .phone { background: var(--card); border: 1px solid var(--line); border-radius: 0.75rem; padding: 1rem; }
.how { display: grid; gap: 0.35rem; counter-reset: how; }
.how li { counter-increment: how; padding-left: 1.5rem; position: relative; }
.how li::before { content: counter(how) "."; position: absolute; left: 0; color: var(--accent); font-weight: 650; }
.trouble { padding: 0.75rem 1rem; border: 1px solid var(--bad); border-radius: 0.75rem; color: var(--bad); background: var(--bad-soft); }
.row { display: flex; flex-wrap: wrap; gap: 0.5rem; justify-content: space-between; align-items: center; }
.big { font-size: 1.125rem; display: flex; flex-wrap: wrap; gap: 0.25rem 0.6rem; align-items: center; }
.state { display: inline-block; justify-self: start; padding: 0.1rem 0.65rem; border-radius: 1rem; font-size: 0.8125rem; font-weight: 650; white-space: nowrap; }
.state.ok { color: var(--ok); background: var(--ok-soft); }
.state.bad { color: var(--bad); background: var(--bad-soft); }
.state.none { color: var(--none); background: var(--none-soft); }
.strip { display: flex; gap: 2px; height: 1.75rem; overflow: hidden; justify-content: flex-end; }
.strip li { flex: 0 0 auto; width: max(calc((100% - 118px) / 60), 1rem); border-radius: 2px; font-size: 0.6875rem; display: grid; place-items: center; }
.strip .ok { color: var(--ok); background: var(--ok-soft); margin-top: 0.6rem; }
.strip .none { background: var(--none-soft); margin-top: 0.6rem; }
.strip .bad { color: var(--card); background: var(--bad); font-weight: 700; }
.chain { display: grid; gap: 1.5rem; }
.node { display: grid; gap: 0.3rem; align-content: start; position: relative; font-size: 0.9375rem; min-width: 0; }
.node.bad { border: 2px solid var(--bad); }
.node + .node::before { content: "↓"; position: absolute; top: -1.6rem; left: calc(50% - 0.4rem); color: var(--quiet); }
.columns { display: grid; gap: 1.25rem; }
.faults { display: grid; }
.fault { display: grid; grid-template-columns: minmax(0, 1fr) 7.5rem; gap: 0.4rem; align-items: center; padding: 0.6rem 0; border-top: 1px solid var(--line); }
.fault-name { font-weight: 600; grid-column: 1 / -1; }
.meaning { display: block; font-weight: 400; font-size: 0.9375rem; }
button, .button, select {
  font: inherit; min-height: 2.75rem; padding: 0.35rem 0.9rem; border-radius: 0.6rem; border: 1px solid var(--edge);
  background: var(--card); color: var(--ink);
}
select { font-size: 0.875rem; min-width: 0; width: 100%; order: 2; }
button, .button { font-weight: 600; cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; justify-content: center; }
.fault.bad button { background: var(--bad-soft); color: var(--bad); border-color: var(--bad); }
.phones { display: grid; gap: 0.75rem; }
.phone { display: grid; gap: 0.5rem; border-radius: 1.25rem; border-width: 2px; min-width: 0; align-content: start; }
.code { font: 600 1.25rem/1 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; letter-spacing: 0.08em; }
.messages { display: grid; gap: 0.5rem; max-height: 22rem; overflow-y: auto; }
.message { display: grid; gap: 0.25rem; justify-items: start; padding: 0.6rem 0.75rem; border-radius: 0.75rem; background: var(--page); white-space: pre-line; }
.message .button { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
@media (min-width: 40rem) {
  .fault { grid-template-columns: minmax(0, 1fr) 9rem 13rem; }
  .fault-name { grid-column: auto; }
  select { order: 0; }
}
@media (min-width: 60rem) {
  h1 { font-size: 1.75rem; }
  .top, main, .foot { padding-left: 1.5rem; padding-right: 1.5rem; }
  .how { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.5rem; }
  .chain { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 2rem; }
  .node + .node::before { content: "→"; top: calc(50% - 0.75rem); left: -1.6rem; }
  .columns { grid-template-columns: minmax(0, 1fr) 24rem; align-items: start; }
}
`;
