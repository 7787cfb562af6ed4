import type { MemoryCompany } from "../../sandbox/memory";
import type { Estate } from "../../shared/estate";
import { systemOf, systems, type Finding } from "../../shared/finding";
import { brokenCompany, noticeable } from "./company";
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

/** `byDepth`: what would be right if customers were led to every part. */
export type Right = { findings: Finding[]; byDepth: Finding[] };

/**
 * The findings that are right for two faults at once: the deepest of those that customers feel, by
 * breaking the company with each alone and counting; of two that they don't feel, the deepest. What nobody is
 * led to in a company with both can't be what fails them.
 */
export async function rightFindings(estate: Estate, pair: readonly [Broken, Broken]): Promise<Right> {
  const felt = pair.filter((one) => isFelt(estate, one));
  const counted = felt.length > 0 ? felt : [...pair];
  const away = await nobodyIsLedTo(estate, pair);
  const met = counted.filter((one) => !away.has(one.finding));
  return {
    findings: deepestOf(met.length > 0 ? met : counted, pair),
    byDepth: deepestOf(counted, pair),
  };
}

function deepestOf(counted: Broken[], pair: readonly Broken[]): Finding[] {
  const deepest = counted.map((one) => one.finding).sort((a, b) => depthOf(b) - depthOf(a))[0];
  const isThere = (one: Finding) => deepest !== undefined && systemOf[one] === systemOf[deepest];
  // What fails under a flood may fail because of it: while it goes on, naming it is right whatever lies deeper.
  const right = counted.map((one) => one.finding).filter((one) => isThere(one) || one === "under-attack");
  const composed = (Object.entries(together) as [Finding, Finding[]][]).filter(
    ([name, parts]) => parts.every((part) => pair.some((one) => one.finding === part)) && isThere(name),
  );
  return [...right, ...composed.map(([name]) => name)];
}

/**
 * The findings of these faults that no customer can meet: a sick server is one while a load balancer sends customers to it,
 * a load balancer is met while the records lead to one, an attack while it gets as far as a load balancer, and
 * wrong records while CloudFlare's API says what they are.
 */
async function nobodyIsLedTo(estate: Estate, pair: readonly Broken[]): Promise<Set<Finding>> {
  const company = brokenCompany(estate, [...pair]);
  const balancers = new Set(estate.balancers.map((one) => one.address));
  const isLed = company
    .truth()
    .records.some((one) => one.name === estate.service.hostname && balancers.has(one.content));
  const api = noticeable(estate, [...pair]).get("cloudflare-api");
  const readable = api?.net === "open" && api.behaves === "well";
  const floods = await anyFlooded(company, estate);
  const sends = await anyAnswers(company, estate);
  return new Set(
    pair
      .map((one) => one.finding)
      .filter(
        (one) =>
          (one === "api-server-sick" && !sends) ||
          (systemOf[one] === "load-balancer" && !isLed) ||
          (one === "under-attack" && !floods) ||
          (one === "dns-wrong-records" && !readable),
      ),
  );
}

export function isFelt(estate: Estate, fault: Broken): boolean {
  return brokenCompany(estate, [fault]).truth().customers.streak < 0;
}

/** As many new sessions a second as no customers make. */
async function anyFlooded(company: MemoryCompany, estate: Estate): Promise<boolean> {
  const asked = estate.balancers.map(({ runtimeApi }) => company.runtimeApi(runtimeApi, "show info"));
  const said = (await Promise.allSettled(asked)).map((one) => (one.status === "fulfilled" ? one.value : ""));
  return said.some((one) => Number(/^SessRate: (\d+)$/m.exec(one)?.[1] ?? 0) >= 50);
}

/** Does a load balancer live that knows a server to send anybody to? */
async function anyAnswers(company: MemoryCompany, estate: Estate): Promise<boolean> {
  const asked = estate.balancers.map(({ runtimeApi }) =>
    company.runtimeApi(runtimeApi, "show servers state"),
  );
  const named = (answer: string) => estate.servers.some(({ name }) => answer.includes(` ${name} `));
  return (await Promise.allSettled(asked)).some((one) => one.status === "fulfilled" && named(one.value));
}
