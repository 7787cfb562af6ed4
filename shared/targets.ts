import type { Estate } from "./estate";
import { systemOf, type Finding } from "./finding";

/** What a finding is about that is no single server's. */
export const ALL_SERVERS = "api-servers";

/** What a finding can be about, by the names of the estate: what a person may name who starts its plan by hand. */
export function targetsOf(finding: Finding, estate: Estate): { kind: string; names: string[] } {
  if (finding === "all-api-servers-down") return { kind: "part", names: [ALL_SERVERS] };
  switch (systemOf[finding]) {
    case "api-servers":
      return { kind: "server", names: estate.servers.map((one) => one.name) };
    case "load-balancer":
      return { kind: "balancer", names: estate.balancers.map((one) => one.name) };
    case "cloudflare":
      return { kind: "edge", names: ["edge"] };
    case "dns":
      return { kind: "name", names: [estate.service.hostname] };
    default:
      return { kind: "part", names: [] };
  }
}
