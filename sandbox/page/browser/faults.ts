import type { FaultView } from "../../types";
import type * as dom from "./dom";
import type * as meanings from "./meaning";
import type * as wire from "./wire";

// Ambient, not imported: in the browser these are plain functions of the same script (see ../script.ts).
declare const element: typeof dom.element;
declare const replaceIfNew: typeof dom.replaceIfNew;
declare const words: typeof dom.words;
declare const meaning: typeof meanings.meaning;
declare const act: typeof wire.act;

export function drawFaults(faults: FaultView[]): void {
  replaceIfNew(
    "#faults",
    faults.map((fault) => [fault.name, fault.ways]),
    () => faults.map(drawFault),
  );
  for (const { name, active, way } of faults) {
    const row = document.querySelector(`[data-fault="${CSS.escape(name)}"]`);
    const button = row?.querySelector("button");
    row?.classList.toggle("bad", active);
    const says = active ? `✗ Broken (${way ?? "as usual"}): heal it` : "Break it";
    if (button && button.lastChild?.nodeValue !== says) button.lastChild?.replaceWith(says);
  }
}

export function drawFault({ name, system, ways }: FaultView): HTMLElement {
  const title = element(
    "p",
    "fault-name",
    words(name),
    element("span", "quiet", ` ${words(system)}`),
    element("span", "meaning", meaning(name)),
  );
  const how = document.createElement("select");
  how.setAttribute("aria-label", `How to break: ${words(name)}`);
  for (const way of ways) how.append(new Option(way.replaceAll("-", " "), way));
  const button = element("button", "", element("span", "hidden", `${words(name)}: `), "Break it");
  button.setAttribute("type", "button");
  const row = element("div", "fault", title, how, button);
  row.dataset["fault"] = name;
  button.addEventListener("click", () => {
    const active = row.classList.contains("bad");
    const path = `/faults/${encodeURIComponent(name)}`;
    void (active ? act("DELETE", path) : act("POST", `${path}?way=${encodeURIComponent(how.value)}`));
  });
  return row;
}
