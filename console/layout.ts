import { html, render, type Html } from "./html";

/** Where the pages expect `style` and `liveScript`; whoever serves them routes these two paths. */
export const stylePath = "/console.css";
export const scriptPath = "/console.js";

/** A shield with a switch, in the accent colour. `data:`, so that no page asks for /favicon.ico. */
const favicon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%232f5bd7'/%3E%3Cpath d='M7 11h11a5 5 0 0 1 0 10H7m4-4-4 4 4 4' fill='none' stroke='%23fff' stroke-width='3' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E";

export type Layout = {
  title: string;
  company: string;
  /** Pages behind a link in a message lead nowhere else: their readers may know only this one. */
  kind: "console" | "letter";
  main: Html;
  /** The small print at the end of the page. */
  foot: Html;
};

/** A whole page. Only the console gets the script: an approval must work without one, and scanners run them. */
export function layout({ title, company, kind, main, foot }: Layout): string {
  const live = kind === "console";
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<title>${title} · ${company}</title>
<link rel="icon" href="${favicon}">
<link rel="stylesheet" href="${stylePath}">
${live && html`<script src="${scriptPath}" defer></script>`}
</head>
<body class="${kind}">
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
${live ? html`<a class="brand" href="/">${company}</a>` : html`<span class="brand">${company}</span>`}
<span class="product">Switchover</span>
${live && html`<nav aria-label="Page"><a href="/#stop">Stop everything</a></nav>`}
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot">
${foot}
</footer>
</body>
</html>
`;
  return render(page);
}
