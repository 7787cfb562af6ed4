import type { Estate } from "../shared/estate";
import { systemOf, type Finding, type System } from "../shared/finding";
import { balancerFaults } from "./fault/balancer";
import { certificateFaults } from "./fault/certificate";
import { cloudflareFaults } from "./fault/cloudflare";
import { dnsFaults } from "./fault/dns";
import { observerFaults } from "./fault/observers";
import { serverFaults } from "./fault/servers";
import type { Harm, Ways } from "./fault/way";
import { SandboxRefusal } from "./refusal";

/** All the ways to break the company. A fault breaks the part itself, never the answer of somebody who looks at it. */
const faults: Ways = {
  ...balancerFaults,
  ...certificateFaults,
  ...serverFaults,
  ...cloudflareFaults,
  ...dnsFaults,
  ...observerFaults,
};

export type Fault = { name: Finding; system: System; ways: string[] };

export function allFaults(): Fault[] {
  return (Object.keys(faults) as Finding[]).map((name) => ({
    name,
    system: systemOf[name],
    ways: Object.keys(faults[name] ?? {}),
  }));
}

/** The fault's name and way, checked; the way left out is the usual one. */
export function chosenFault(name: string, way?: string): { name: Finding; way: string } {
  const fault = allFaults().find((one) => one.name === name);
  if (fault === undefined) {
    const hint = `The company can be broken by: ${allFaults()
      .map((one) => one.name)
      .join(", ")}.`;
    throw new SandboxRefusal({ what: "no such fault", where: "fault", value: name, hint });
  }
  const chosen = way ?? fault.ways[0] ?? "";
  if (fault.ways.includes(chosen)) return { name: fault.name, way: chosen };
  throw new SandboxRefusal({
    what: "no such way",
    where: `way of ${name}`,
    value: chosen,
    hint: `Use one of: ${fault.ways.join(", ")}.`,
  });
}

export function harmOf(estate: Estate, name: Finding, way: string): Harm {
  return faults[name]?.[way]?.(estate) ?? { damages: [] };
}
