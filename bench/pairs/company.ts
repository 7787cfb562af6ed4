import { conditionsOf, type Condition } from "../../sandbox/condition";
import { canHappen } from "../../sandbox/fault/certificate";
import { harmOf } from "../../sandbox/faults";
import type { Harm } from "../../sandbox/fault/way";
import { memoryCompany, type MemoryCompany } from "../../sandbox/memory";
import type { Estate } from "../../shared/estate";
import type { Broken } from "./outcome";

/** Long enough for HAProxy's checks to notice, and for customers to meet what is broken. */
const SETTLED_AT = "2026-03-01T08:00:30.000Z";

/** The company with these faults and nobody who repairs it: the truth that a diagnosis is held against. */
export function brokenCompany(estate: Estate, faults: Broken[]): MemoryCompany {
  const company = memoryCompany(estate, { startAt: "2026-03-01T08:00:00.000Z", secrets });
  for (const { finding, way } of faults) company.break(finding, way);
  company.advanceTo(SETTLED_AT);
  return company;
}

/** Nobody asks this company for anything that is signed. */
const secrets = () => "JBSWY3DPEHPK3PXP";

/** How each part is, by what can be noticed of it: a part that does not answer can't answer wrongly as well. */
export function noticeable(estate: Estate, faults: Broken[]): Map<string, Condition> {
  const damages = faults.flatMap(({ finding, way }) => harmOf(estate, finding, way).damages);
  const conditions = conditionsOf(estate, damages, []);
  for (const [part, condition] of conditions) {
    if (condition.net === "dropped")
      conditions.set(part, { ...condition, behaves: "well", blindTo: [], rejects: [], setup: {} });
    else if (condition.net !== "open")
      conditions.set(part, { ...condition, behaves: "well", rejects: [], setup: {} });
  }
  return conditions;
}

/** Why two faults can't be told from one of them, whoever looks. Undefined: both are there. */
export function whyImpossible(estate: Estate, one: Broken, other: Broken): string | undefined {
  const never = [one, other].find(({ finding }) => !canHappen(estate, finding));
  if (never !== undefined) return `customers of this company speak no TLS: ${never.finding} can't happen`;
  const [a, b] = [one, other].map((fault) => harmOf(estate, fault.finding, fault.way));
  const both = textOf(noticeable(estate, [one, other]));
  for (const [kept, hidden, harm] of [
    [one, other, b],
    [other, one, a],
  ] as const) {
    if (!changesOnlyParts(harm)) continue;
    if (both === textOf(noticeable(estate, [kept])))
      return `nothing of ${hidden.finding} is left to see: ${kept.finding} has the same parts, and harder`;
  }
  if (a?.record !== undefined && b?.record !== undefined)
    return "there is one record, and the second takes it";
  return undefined;
}

function changesOnlyParts(harm: Harm | undefined): boolean {
  return Object.entries(harm ?? {}).every(([what, value]) => what === "damages" || value === undefined);
}

function textOf(conditions: Map<string, Condition>): string {
  return JSON.stringify([...conditions]);
}
