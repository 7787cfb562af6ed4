import type { Look, Observation } from "../observation";
import { observationsOf, verdict } from "./votes";

/** Resolvers, and authoritative servers of several, that gave no address: named, though others do their work. */
export function resolverEvidence(look: Look): string[] {
  return [...silent(look, "resolver"), ...silent(look, "name-server")];
}

/** A resolver that gives another address than the zone's own servers do now: it remembers, and its users go there. */
export type Behind = { resolver: string; addresses: string[]; secondsLeft: number | undefined };

/**
 * Resolvers whose answer has no address in common with the authoritative one. Only to be asked after a change of
 * ours: some names lead elsewhere from elsewhere, by design. One vantage is enough, since each may meet another cache.
 */
export function resolversBehind(look: Look): Behind[] {
  const now = new Set(observationsOf(look, { kind: "dns" }).flatMap((one) => one.answer?.addresses ?? []));
  if (now.size === 0) return [];
  const behind = new Map<string, Behind>();
  for (const { of, answer } of look.observations) {
    if (of.kind !== "resolver" || answer === undefined || answer.addresses.length === 0) continue;
    if (answer.addresses.some((address) => now.has(address))) continue;
    const known = behind.get(of.name)?.secondsLeft;
    const left = known === undefined || answer.ttl === undefined ? answer.ttl : Math.max(known, answer.ttl);
    behind.set(of.name, { resolver: of.name, addresses: answer.addresses, secondsLeft: left ?? known });
  }
  return [...behind.values()];
}

/** "the resolver 192.0.2.61 still gives 192.0.2.99, for 240 s more" */
export function behindText({ resolver, addresses, secondsLeft }: Behind): string {
  const left = secondsLeft === undefined ? "" : `, for ${secondsLeft} s more`;
  return `the resolver ${resolver} still gives ${addresses.join(", ")}${left}`;
}

function silent(look: Look, kind: "resolver" | "name-server"): string[] {
  const names = new Set(look.observations.flatMap(({ of }) => (of.kind === kind ? [of.name] : [])));
  return [...names]
    .filter((name) => ["down", "unconfirmed"].includes(verdict(look, { kind, name })))
    .map((name) => {
      const said = observationsOf(look, { kind, name }).map((one: Observation) => `${one.by}: ${one.says}`);
      return `the ${kind === "resolver" ? "resolver" : "name server"} ${name} gives no address (${said.join("; ")})`;
    });
}
