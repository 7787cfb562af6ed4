import type { Estate } from "../estate";
import type { Look, Subject } from "../observation";
import { observationsOf, verdict } from "./votes";

/** A part that CloudFlare's edge passes customers on to: a balancer, or a server once a balancer was bypassed. */
export type Origin = { name: string; kind: "balancer" | "server" };

/** The parts that the proxied records lead to. Nothing when a record leads to no part of the estate. */
export function originsOf(look: Look, estate: Estate): Origin[] {
  const proxied = look.records?.filter((one) => one.proxied) ?? [];
  const origins = proxied.map((one) => partAt(estate, one.content));
  return origins.every((one) => one !== undefined) ? origins : [];
}

export function partAt({ balancers, servers }: Estate, address: string): Origin | undefined {
  const balancer = balancers.find((one) => one.address === address);
  if (balancer !== undefined) return { name: balancer.name, kind: "balancer" };
  const server = servers.find((one) => one.address === address);
  return server && { name: server.name, kind: "server" };
}

/** Reached directly, under the service's own name, it answers, and not with an error of the server's side. */
export function answersDirectly(look: Look, { name, kind }: Origin): boolean {
  const of: Subject = { kind: kind === "balancer" ? "balancer" : "server-health", name };
  return (
    verdict(look, of) === "healthy" && !observationsOf(look, of).some((one) => (one.status ?? 200) >= 500)
  );
}

/** What is behind the edge is well: of every record when they are known, of one balancer at least when they aren't. */
export function originWell(look: Look, estate: Estate): boolean {
  if (look.records === null)
    return estate.balancers.some(({ name }) => answersDirectly(look, { name, kind: "balancer" }));
  const origins = originsOf(look, estate);
  return origins.length > 0 && origins.every((one) => answersDirectly(look, one));
}
