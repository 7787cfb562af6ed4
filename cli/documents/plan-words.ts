import type { Estate } from "../../shared/estate";
import { fill, type RecoveryPlan, type StepTemplate } from "../../shared/recovery-plan";
import { targetsOf } from "../../shared/targets";
import { sentence } from "./markdown";

/** What a finding can be about, as a reader calls it. Another kind is called by its own name. */
const KINDS: Record<string, string> = {
  server: "the server",
  balancer: "the load balancer",
  edge: "CloudFlare's edge",
  name: "the service's name",
};

/**
 * A sentence of a plan as it reads before anything is known: the part that will be named is called by what it
 * is. A word that was not there when this was written is called by its own name.
 */
export function inGeneral(text: string, plan: RecoveryPlan, estate: Estate): string {
  const { kind } = targetsOf(plan.answers, estate);
  const known = {
    target: KINDS[kind] ?? `the ${kind}`,
    to: "the healthy one",
    service: estate.service.hostname,
  };
  return sentence(fill(text, known).replace(/\{(\w+)\}/g, (_whole, word: string) => `the ${spaced(word)}`));
}

/** What a step changes, from its data alone: `setServerState` with `to: drain` is "set server state (to drain)". */
export function changeOf(step: StepTemplate): string {
  const { says: _says, do: kind, within: _within, ...rest } = step;
  const details = Object.entries(rest).map(([name, value]) => `${spaced(name)} ${valueText(value)}`);
  return details.length === 0 ? spaced(kind) : `${spaced(kind)} (${details.join(", ")})`;
}

const SPELLED: Record<string, string> = { api: "API", dns: "DNS", cloudflare: "CloudFlare" };

/** A finding or a system as it stands in a sentence: `all-api-servers-down` is "all API servers down". */
export function inProse(name: string): string {
  return name
    .split("-")
    .map((word) => SPELLED[word] ?? word)
    .join(" ");
}

export function spaced(camel: string): string {
  return camel.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join(" and ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${spaced(name)} ${valueText(inner)}`)
    .join(", ");
}
