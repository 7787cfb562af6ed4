import type { TrueCustomers } from "../../types";
import type * as dom from "./dom";

// Ambient, not imported: in the browser these are plain functions of the same script (see ../script.ts).
declare const element: typeof dom.element;
declare const replaceIfNew: typeof dom.replaceIfNew;

export function drawCustomers(
  { ok, failed, since, lastAnsweredBy, streak }: TrueCustomers,
  before: { ok: number; failed: number },
): void {
  const [good, bad] = [ok > before.ok, failed > before.failed];
  const first = before.ok === -1;
  before.ok = ok;
  before.failed = failed;
  replaceIfNew("#customers", [Math.sign(streak), lastAnsweredBy], () => {
    if (streak === 0) return [element("span", "state none", "– No request yet")];
    const by = lastAnsweredBy === null ? "" : `, by ${lastAnsweredBy}`;
    return streak > 0
      ? [element("span", "state ok", "✓ Served"), `Customers get their answers${by}.`]
      : [element("span", "state bad", "✗ Failing"), "Customers get no good answer."];
  });
  replaceIfNew("#counts", [ok, failed], () => [
    `${ok} served, ${failed} failed since ${since.slice(11, 19)} UTC`,
  ]);
  const strip = document.querySelector("#strip");
  if (strip && first) strip.append(...Array.from({ length: 60 }, () => element("li", "none")));
  if (!strip || first || (!good && !bad)) return;
  strip.append(bad ? element("li", "bad", "✗") : element("li", "ok", "✓"));
  while (strip.children.length > 60) strip.firstElementChild?.remove();
}
