import type { Estate } from "../../shared/estate";
import { systemOf, systems, type Finding } from "../../shared/finding";
import { brokenCompany } from "./company";
import type { Broken } from "./outcome";

/** How deep a finding lies: from customers inwards, each part needs the next one. What is wrong with the observers lies outside. */
export function depthOf(finding: Finding): number {
  const system = systemOf[finding];
  if (system === "observers") return -1;
  // CloudFlare's edge reads the records to find its origin, so wrong ones lie behind it, in front of the load balancer.
  if (finding === "dns-wrong-records") return systems.indexOf("cloudflare") + 0.5;
  return systems.indexOf(system);
}

/** Two faults that together are a finding of their own. */
const together: Partial<Record<Finding, Finding[]>> = {
  "edge-and-api-down": ["edge-down", "cloudflare-api-down"],
};

/**
 * The findings that are right for two faults at once: the deepest of those that customers feel, by
 * breaking the company with each alone and counting; of two that they don't feel, the deepest. A server that
 * is sick is one only while a load balancer sends customers to it.
 */
export async function rightFindings(estate: Estate, pair: readonly [Broken, Broken]): Promise<Finding[]> {
  const felt = pair.filter((one) => isFelt(estate, one));
  let counted: Broken[] = felt.length > 0 ? felt : [...pair];
  if (counted.length > 1 && (await balancersAreSilent(estate, pair)))
    counted = counted.filter((one) => one.finding !== "api-server-sick");
  const deepest = Math.max(...counted.map((one) => depthOf(one.finding)));
  const system = counted.map((one) => one.finding).find((one) => depthOf(one) === deepest);
  const isThere = (one: Finding) => system !== undefined && systemOf[one] === systemOf[system];
  const right = counted.map((one) => one.finding).filter(isThere);
  const composed = (Object.entries(together) as [Finding, Finding[]][]).filter(
    ([name, parts]) => parts.every((part) => pair.some((one) => one.finding === part)) && isThere(name),
  );
  return [...right, ...composed.map(([name]) => name)];
}

export function isFelt(estate: Estate, fault: Broken): boolean {
  return brokenCompany(estate, [fault]).truth().customers.streak < 0;
}

async function balancersAreSilent(estate: Estate, faults: readonly Broken[]): Promise<boolean> {
  const company = brokenCompany(estate, [...faults]);
  for (const { runtimeApi } of estate.balancers) {
    const answers = await company.runtimeApi(runtimeApi, "show stat").then(
      () => true,
      () => false,
    );
    if (answers) return false;
  }
  return true;
}
