import type { Estate } from "../shared/estate";
import { systemOf, type Finding, type System } from "../shared/finding";
import type { Damage } from "./condition";
import { deadAddress, firstBalancer, mainServer, partsOf } from "./parts";
import { SandboxRefusal } from "./refusal";
import type { RecordFields } from "./zone";

/**
 * The ways to break the company, each under the name of the finding that it causes. A fault breaks
 * the part itself, never the answer of somebody who looks at it. The first way is the usual one.
 */
export type Harm = { damages: Damage[]; record?: Partial<RecordFields> };
type Way = (estate: Estate) => Harm;

const faults: Partial<Record<Finding, Record<string, Way>>> = {
  "balancer-host-down": {
    killed: (estate) => hits([{ part: firstBalancer(estate).name, net: "refused" }]),
    dropped: (estate) => hits([{ part: firstBalancer(estate).name, net: "dropped" }]),
  },
  "api-server-sick": {
    errors: (estate) => hits([{ part: mainServer(estate).name, behaves: "errors" }]),
    slow: (estate) => hits([{ part: mainServer(estate).name, behaves: "slow" }]),
  },
  "api-server-down": {
    killed: (estate) => hits([{ part: mainServer(estate).name, net: "refused" }]),
    hung: (estate) => hits([{ part: mainServer(estate).name, net: "hung" }]),
  },
  "all-api-servers-down": {
    killed: (estate) => hits(estate.servers.map((one) => ({ part: one.name, net: "refused" }))),
    unhealthy: (estate) => hits(estate.servers.map((one) => ({ part: one.name, behaves: "unhealthy" }))),
    hung: (estate) => hits(estate.servers.map((one) => ({ part: one.name, net: "hung" }))),
  },
  "edge-down": {
    errors: () => hits([{ part: "edge", behaves: "errors" }]),
    dropped: () => hits([{ part: "edge", net: "dropped" }]),
  },
  "cloudflare-api-down": {
    errors: () => hits([{ part: "cloudflare-api", behaves: "errors" }]),
    dropped: () => hits([{ part: "cloudflare-api", net: "dropped" }]),
  },
  "dns-unanswered": {
    dropped: () => hits([{ part: "dns", net: "dropped" }]),
    killed: () => hits([{ part: "dns", net: "refused" }]),
  },
  "dns-wrong-records": {
    typo: (estate) => ({ damages: [], record: { content: deadAddress(estate) } }),
    unproxied: (estate) => ({
      damages: [],
      record: { content: deadAddress(estate), proxied: false, ttl: 60 },
    }),
  },
  "observers-suspect": {
    cut: (estate) => hits(estate.vantages.map((one) => ({ part: one.name, net: "dropped" }))),
    blind: (estate) => hits(estate.vantages.map((one) => ({ part: one.name, blindTo: everything(estate) }))),
  },
  unclear: {
    "one-vantage-blind": (estate) =>
      hits(estate.vantages.slice(0, 1).map((one) => ({ part: one.name, blindTo: everything(estate) }))),
    disagree: (estate) =>
      hits(
        estate.vantages.map((one, index) => ({
          part: one.name,
          blindTo: index === 0 ? ["edge"] : estate.balancers.map((balancer) => balancer.name),
        })),
      ),
  },
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
  return faults[name]?.[way]?.(estate) ?? hits([]);
}

function hits(damages: Damage[]): Harm {
  return { damages };
}

function everything(estate: Estate): string[] {
  return partsOf(estate)
    .filter((part) => part.kind !== "vantage")
    .map((part) => part.name);
}
