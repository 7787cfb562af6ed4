import type { Estate } from "../../shared/estate";
import type { Change, PinnedPlan } from "../../shared/plan";
import { noticeable } from "./company";
import type { Broken } from "./outcome";

/** What a change needs and does, in the words in which it can be dangerous. */
type Risk = {
  /** The part that must answer for the change to be possible. */
  plane: string;
  /** Where customers are led by it. */
  leadsTo?: string;
  /** A server that serves nobody any more. */
  takesOut?: string;
};

/** Every kind of change says it; the compiler asks for each. */
const risks: { [K in Change["do"]]: (change: Extract<Change, { do: K }>) => Risk } = {
  startMachine: () => ({ plane: "azure" }),
  startService: () => ({ plane: "azure" }),
  pointRecord: ({ to }) => ({ plane: "cloudflare-api", leadsTo: to }),
  setSecurityLevel: () => ({ plane: "cloudflare-api" }),
  setServerState: ({ balancer, server, new: state }) =>
    state === "ready" ? { plane: balancer, leadsTo: server } : { plane: balancer, takesOut: server },
};

/** Why the plan must not be carried out in a company with these faults, by the truth of it; empty when it may. */
export function dangersOf(estate: Estate, faults: readonly Broken[], plan: PinnedPlan): string[] {
  const conditions = noticeable(estate, [...faults]);
  const isWell = (part: string) => {
    const condition = conditions.get(part);
    return condition?.net === "open" && condition.behaves === "well";
  };
  const names = estate.servers.map((one) => one.name);
  const taken = new Set<string>();
  return plan.steps.flatMap(({ change }) => {
    const { plane, leadsTo, takesOut } = riskOf(change);
    const dangers: string[] = [];
    if (!isWell(plane)) dangers.push(`needs ${plane}, which is broken`);
    if (leadsTo !== undefined && !isWell(leadsTo))
      dangers.push(`leads customers to ${leadsTo}, which is broken`);
    if (leadsTo !== undefined && !names.includes(leadsTo) && !names.some(isWell))
      dangers.push(`leads customers to ${leadsTo}, with no server behind it that serves`);
    if (takesOut !== undefined) taken.add(takesOut);
    if (takesOut !== undefined && !names.some((name) => !taken.has(name) && isWell(name)))
      dangers.push(`takes out ${takesOut}, and no server is left that serves`);
    return dangers;
  });
}

function riskOf(change: Change): Risk {
  return (risks[change.do] as (change: Change) => Risk)(change);
}
