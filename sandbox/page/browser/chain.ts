import type { FaultView, Truth } from "../../types";
import type * as dom from "./dom";

// Ambient, not imported: in the browser these are plain functions of the same script (see ../script.ts).
declare const element: typeof dom.element;
declare const replaceIfNew: typeof dom.replaceIfNew;
declare const words: typeof dom.words;

export function drawChain({ records, servers }: Truth, faults: FaultView[]): void {
  const node = (title: string, systems: string[], ...lines: string[]) => {
    const broken = faults.filter((fault) => fault.active && systems.includes(fault.system));
    const state =
      broken.length > 0
        ? element("span", "state bad", "✗ Broken")
        : element("span", "state ok", "✓ No fault");
    const says = [...broken.map((fault) => words(fault.name)), ...lines];
    return element(
      "li",
      broken.length > 0 ? "node bad" : "node",
      element("h3", "", title),
      state,
      ...says.map((line) => element("p", "", line)),
    );
  };
  // The service's records come first; the canary behind them is always proxied.
  const proxied = records.some((record) => record.proxied && record.name === records[0]?.name);
  const balancers = [...new Set(servers.map((server) => server.balancer))];
  const shown = servers.map(({ balancer, name, status, backup }) => ({ balancer, name, status, backup }));
  replaceIfNew("#chain", [records, shown, faults], () => [
    node("DNS", ["dns"], ...records.map((record) => `${record.name} is ${record.content}`)),
    node(
      "CloudFlare",
      ["cloudflare"],
      proxied ? "In the way: it protects the name" : "Bypassed: the name leads straight to its address",
    ),
    node(
      "Load balancer",
      ["load-balancer"],
      balancers.length > 0 ? `${balancers.join(", ")}: HAProxy is running` : "No HAProxy is running",
    ),
    node(
      "API servers",
      ["api-servers"],
      ...shown.map((one) => `${one.name}${one.backup ? " (backup)" : ""}: ${one.status} at ${one.balancer}`),
    ),
  ]);
}
