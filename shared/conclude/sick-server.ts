import type { Diagnosis } from "../diagnosis";
import type { Server } from "../estate";
import type { Look, ServerState } from "../observation";
import { countedSince, type Counted } from "./inside-witness";
import { missingFrom, sayings, verdict } from "./votes";

/**
 * A server whose health check passes while its customers get errors: HAProxy is blind to it, so it
 * stays in rotation. Only a server that carries traffic counts; one that somebody drained is theirs.
 * `before` is an earlier look: HAProxy counts from its start, so only what it counted since then is a witness of now.
 */
export function sickServer(look: Look, servers: Server[], before?: Look): Diagnosis | undefined {
  for (const server of servers) {
    const view = viewOf(look, server.name);
    if (view === undefined || !carriesTraffic(look, view.balancer, view.state)) continue;
    const failing = verdict(look, { kind: "server-customers", name: server.name }) === "down";
    if (!failing || verdict(look, { kind: "server-health", name: server.name }) !== "healthy") continue;
    if (!servers.some((other) => other.name !== server.name && fitToServe(look, other.name))) continue;

    const customersToo = verdict(look, { kind: "customers" }) === "down";
    const counted = countedSince(before, look, server.name);
    return {
      finding: "api-server-sick",
      system: "api-servers",
      target: server.name,
      says: `${server.name} passes its health check, yet customers get errors from it; HAProxy keeps it in.`,
      evidence: [
        `customers' path on ${server.name}: ${sayings(look, { kind: "server-customers", name: server.name })}`,
        `health check of ${server.name}: ${sayings(look, { kind: "server-health", name: server.name })}`,
        `${view.balancer} says ${server.name} is ${view.state.status}; ${inWords(counted)}`,
        `customers: ${sayings(look, { kind: "customers" })}`,
      ],
      runnerUp: {
        finding: "bad-release",
        because: "a bad release looks the same on the first server that gets it",
      },
      missing: [
        ...missingFrom(look),
        ...(counted === undefined ? ["an earlier look, to tell errors of now from those of last week"] : []),
      ],
      confidence: (counted?.errors ?? 0) > 0 || customersToo ? "confirmed" : "likely",
    };
  }
  return undefined;
}

function inWords(counted: Counted | undefined): string {
  if (counted === undefined) return "what it counts now is not known yet";
  return `${counted.errors} answers of 5xx in the last ${Math.round(counted.ms / 1_000)} s`;
}

export function viewOf(look: Look, server: string): { balancer: string; state: ServerState } | undefined {
  for (const view of look.views) {
    const state = view.servers.find((one) => one.name === server);
    if (state !== undefined) return { balancer: view.balancer, state };
  }
  return undefined;
}

/** HAProxy sends customers to a `backup` server only when no other server is up. */
function carriesTraffic(look: Look, balancer: string, state: ServerState): boolean {
  if (!state.status.startsWith("UP")) return false;
  if (!state.backup) return true;
  const view = look.views.find((one) => one.balancer === balancer);
  return view !== undefined && !view.servers.some((one) => !one.backup && one.status.startsWith("UP"));
}

/** Well now, as HAProxy and the vantages see it: somebody customers can be sent to. */
export function fitToServe(look: Look, server: string): boolean {
  const view = viewOf(look, server);
  return (view === undefined || view.state.status.startsWith("UP")) && servesCustomers(look, server);
}

/** As the vantages see it, whatever HAProxy has it do: a drained server may serve well. */
export function servesCustomers(look: Look, server: string): boolean {
  return (
    verdict(look, { kind: "server-health", name: server }) === "healthy" &&
    verdict(look, { kind: "server-customers", name: server }) === "healthy"
  );
}
