import type { Company } from "../company";
import { endpointKey, partsOf } from "../parts";
import type { Call, Reply } from "../wire";
import { dialer } from "./dial";

/** The network as one part that lives in the sandbox's own process sees it: a cut part's packets vanish. */
export function companyNetwork(
  company: Company,
  from: string,
  roots?: string,
): (call: Call) => Promise<Reply> {
  const owners = new Map(
    partsOf(company.estate).flatMap((part) => part.endpoints.map((one) => [endpointKey(one), part.name])),
  );
  return dialer((call: Call) => {
    const target = owners.get(endpointKey(call));
    const { net } = company.breakage.condition(target ?? "");
    return company.breakage.condition(from).net === "dropped" || net === "dropped";
  }, roots);
}
