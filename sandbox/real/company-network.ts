import type { Company } from "../company";
import { endpointKey, partsOf } from "../parts";
import type { Call, Reply } from "../wire";
import { dialer, type Way } from "./dial";

/** The network as one part that lives in the sandbox's own process sees it: a cut part's packets vanish, a firewall refuses. */
export function companyNetwork(
  company: Company,
  from: string,
  roots?: string,
): (call: Call) => Promise<Reply> {
  const owners = new Map(
    partsOf(company.estate).flatMap((part) => part.endpoints.map((one) => [endpointKey(one), part.name])),
  );
  return dialer((call: Call): Way => {
    const target = owners.get(endpointKey(call)) ?? "";
    const [asker, there] = [company.breakage.condition(from), company.breakage.condition(target)];
    if (asker.net === "dropped" || there.net === "dropped" || asker.blindTo.includes(target))
      return "dropped";
    return there.rejects.includes(from) ? "refused" : "open";
  }, roots);
}
