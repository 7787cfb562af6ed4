import type { Estate } from "../estate";
import type { Candidate } from "../ledger/classification";
import type { Look } from "../observation";
import { viewOf } from "./sick-server";
import { sayings } from "./votes";

/** What a person may say it is, when we can't: every part that a plan can act on, with what was seen of it. */
export function possibleFindings(look: Look, estate: Estate): Candidate[] {
  const balancers = estate.balancers.map(({ name }): Candidate => {
    const outside = sayings(look, { kind: "balancer", name });
    const inside = sayings(look, { kind: "balancer-view", name });
    const says = `${name}: ${outside}; its own counters: ${inside}`.slice(0, 500);
    return { id: `balancer-host-down.${name}`, finding: "balancer-host-down", target: name, says };
  });
  const servers = estate.servers.map(({ name }): Candidate => {
    const customers = sayings(look, { kind: "server-customers", name });
    const health = sayings(look, { kind: "server-health", name });
    const status = viewOf(look, name)?.state.status ?? "not seen by a balancer";
    const says = `${name}: customers' path: ${customers}; health check: ${health}; HAProxy: ${status}`.slice(
      0,
      500,
    );
    return { id: `api-server-sick.${name}`, finding: "api-server-sick", target: name, says };
  });
  const edge = sayings(look, { kind: estate.cloudflare.edge === undefined ? "customers" : "edge" });
  const load = look.views.map((one) => `${one.balancer}: ${one.load?.rate ?? "unknown"}`).join(", ");
  const cloudflare: Candidate[] = [
    {
      id: "edge-down.edge",
      finding: "edge-down",
      target: "edge",
      says: `CloudFlare's edge: ${edge}`.slice(0, 500),
    },
    {
      id: "under-attack.edge",
      finding: "under-attack",
      target: "edge",
      says: `An attack; new sessions a second: ${load || "no balancer answers"}`.slice(0, 500),
    },
  ];
  return [...balancers, ...servers, ...cloudflare];
}
