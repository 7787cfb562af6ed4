import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";
import { isInside } from "./hosts";

/** The canary tells whether the edge works while the service's own name is out of the proxy, so it can't be that name. */
export function canaryChecks({ service, cloudflare }: Estate): Problem[] {
  const canary = cloudflare.edge?.canary;
  if (canary === undefined) return [];
  const path = ["cloudflare", "edge", "canary"];
  const zone = cloudflare.zone.name;
  if (!isInside(canary, zone)) return [problem(path, `"${canary}"`, `a name inside the zone ${zone}`)];
  if (canary.toLowerCase() !== service.hostname.toLowerCase()) return [];
  return [problem(path, `"${canary}", as service.hostname`, "another name, which stays behind the proxy")];
}
