import { channelChecks } from "./channel-checks";
import { addressChecks } from "./config-addresses";
import { doorChecks } from "./config-doors";
import { breakGlassChecks } from "./config-break-glass";
import { canaryChecks } from "./config-canary";
import { azureChecks } from "./config-azure";
import { peopleChecks } from "./config-people";
import { problem, type Problem } from "./config-problems";
import { outsideTheEstate, plainWeb } from "./config-web";
import { windowChecks } from "./config-windows";
import type { Estate } from "./estate";
import { isInside } from "./hosts";

/**
 * What no single setting can say about itself: whether the parts fit together, and whether our own way to
 * people lies outside everything that may break (promise 12). Runs on an estate that has the right shape.
 */
export function crossCheck(estate: Estate): Problem[] {
  return [
    ...namesOnce(estate),
    ...addressChecks(estate),
    ...doorChecks(estate),
    ...rolesPresent(estate),
    ...peopleChecks(estate),
    ...serviceInZone(estate),
    ...breakGlassChecks(estate),
    ...canaryChecks(estate),
    ...plainWeb(estate),
    ...outsideTheEstate(estate),
    ...channelChecks(estate),
    ...windowChecks(estate),
    ...azureChecks(estate),
  ];
}

function namesOnce(estate: Estate): Problem[] {
  const seen = new Map<string, string>();
  const parts = ["balancers", "servers", "vantages", "people"] as const;
  return parts.flatMap((part) =>
    estate[part].flatMap(({ name }, at) => {
      const first = seen.get(name);
      seen.set(name, first ?? `${part}[${at}]`);
      if (first === undefined) return [];
      return [problem([part, at, "name"], `"${name}", as in ${first}`, "a name that nothing else has")];
    }),
  );
}

function rolesPresent({ servers, balancers, people }: Estate): Problem[] {
  const problems: Problem[] = [];
  if (!servers.some(({ role }) => role === "main")) {
    problems.push(
      problem(
        ["servers"],
        'without a server of role "main"',
        "one at least",
        "Say which server normally serves.",
      ),
    );
  }
  if (balancers.every(({ standby }) => standby)) {
    problems.push(
      problem(
        ["balancers"],
        "all on standby",
        "one that is not",
        "Leave standby out for the one that serves.",
      ),
    );
  }
  if (!people.some(({ role }) => role === "on-call")) {
    problems.push(
      problem(
        ["people"],
        'without a person of role "on-call"',
        "one at least",
        "Somebody must be asked first.",
      ),
    );
  }
  return problems;
}

function serviceInZone({ service, cloudflare }: Estate): Problem[] {
  if (isInside(service.hostname, cloudflare.zone.name)) return [];
  const hint = "Its records are changed in that zone and in no other.";
  return [
    problem(
      ["service", "hostname"],
      `"${service.hostname}"`,
      `a name inside the zone ${cloudflare.zone.name}`,
      hint,
    ),
  ];
}
