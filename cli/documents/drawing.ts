import type { Estate } from "../../shared/estate";

/**
 * The way of a customer's request through the estate, as a Mermaid flowchart. Drawn through: the way on a good
 * day. Dotted: what takes over, and who looks.
 */
export function drawing(estate: Estate): string {
  const { balancers, servers, vantages } = estate;
  const serving = balancers.filter((one) => !one.standby);
  const lines = [
    ...nodes(estate),
    "customers --> dns --> cloudflare",
    ...balancers.map((one) => `cloudflare ${one.standby ? "-.->" : "-->"} ${idOf(one.name)}`),
    ...serving.flatMap((balancer) =>
      servers.map(
        (one) => `${idOf(balancer.name)} ${one.role === "main" ? "-->" : "-.->"} ${idOf(one.name)}`,
      ),
    ),
    ...vantages.map((one) => `${idOf(one.name)} -.-> dns`),
  ];
  return ["```mermaid", "flowchart LR", ...lines.map((line) => `  ${line}`), "```"].join("\n");
}

function nodes({ service, balancers, servers, vantages }: Estate): string[] {
  return [
    node("customers", "Customers"),
    node("dns", `DNS: ${service.hostname}`),
    node("cloudflare", "CloudFlare"),
    ...balancers.map((one) =>
      node(idOf(one.name), `${one.name}: load balancer${one.standby ? ", on standby" : ""}`),
    ),
    ...servers.map((one) => node(idOf(one.name), `${one.name}: API server, ${one.role}`)),
    ...vantages.map((one) => node(idOf(one.name), `${one.name}: vantage`)),
  ];
}

function node(id: string, label: string): string {
  return `${id}["${label.replaceAll('"', "#quot;")}"]`;
}

/** A name of the estate may be a word of Mermaid's, such as "end". */
function idOf(name: string): string {
  return `part_${name.replaceAll("-", "_")}`;
}
