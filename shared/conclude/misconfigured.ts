import type { Diagnosis } from "../diagnosis";
import type { Balancer, Estate } from "../estate";
import type { Look, ServerState } from "../observation";
import { found } from "./found";
import { sayings, verdict } from "./votes";

/**
 * The balancer answers, with nobody behind it: by its own view no server is up, while servers serve whoever asks
 * them directly. So it is not the servers that are wrong, it is what the balancer was told of them.
 */
export function emptyHanded(look: Look, estate: Estate, { name, backend }: Balancer): Diagnosis | undefined {
  const view = look.views.find((one) => one.balancer === name);
  if (view === undefined || view.servers.some((one) => one.status.startsWith("UP"))) return undefined;
  // What somebody took out is theirs: the configuration is as it was.
  if (view.servers.length > 0 && view.servers.every((one) => /^(MAINT|DRAIN)/.test(one.status)))
    return undefined;
  // A check that passes on a server still down: it is coming up, and needs another one.
  if (view.servers.some((one) => one.check.endsWith("OK"))) return undefined;
  if (verdict(look, { kind: "customers" }) !== "down") return undefined;
  const serving = estate.servers.map((one) => one.name).filter((server) => serves(look, server));
  if (serving.length === 0) return undefined;
  const says = `${sentence(name, backend, view.servers)} ${directly(serving)}`;
  const diagnosis = misconfigured(look, name, says, [
    `${name} says: ${view.servers.map(inWords).join(", ") || `no server in ${backend}`}`,
    ...serving.map(
      (server) => `${server}, asked directly: ${sayings(look, { kind: "server-customers", name: server })}`,
    ),
  ]);
  // A cable between the balancer and the servers looks the same from here; nobody there was asked.
  const unseen =
    view.servers.length === 0 ? [] : [`whether ${name} can reach the servers where they really are`];
  return { ...diagnosis, missing: [...diagnosis.missing, ...unseen] };
}

/** The balancer's process is there and answers us, and customers don't get to it. */
export function turnedAway(look: Look, { name }: Balancer): Diagnosis {
  const says = `${name} runs, but does not take customers.`;
  return misconfigured(look, name, says, [`${name}'s Runtime API answers`]);
}

function misconfigured(look: Look, name: string, says: string, evidence: string[]): Diagnosis {
  const seen = [
    `${name}: ${sayings(look, { kind: "balancer", name })}`,
    `customers: ${sayings(look, { kind: "customers" })}`,
  ];
  return found(look, "balancer-misconfigured", name, says, [...seen, ...evidence]);
}

function sentence(name: string, backend: string, servers: ServerState[]): string {
  if (servers.length === 0) return `${name}'s configuration has no server in ${backend}.`;
  return `${name} finds no server where its configuration has them.`;
}

function directly(serving: string[]): string {
  return `${serving.join(" and ")} ${serving.length === 1 ? "serves" : "serve"} whoever asks directly.`;
}

function inWords({ name, status, check }: ServerState): string {
  return `${name} ${status}${check === "" ? "" : ` (${check})`}`;
}

function serves(look: Look, server: string): boolean {
  return (
    verdict(look, { kind: "server-health", name: server }) === "healthy" &&
    verdict(look, { kind: "server-customers", name: server }) === "healthy"
  );
}
