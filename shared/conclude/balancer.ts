import type { Diagnosis } from "../diagnosis";
import type { Balancer, Estate } from "../estate";
import type { PowerState } from "../machine";
import type { Look } from "../observation";
import { found } from "./found";
import { emptyHanded, turnedAway } from "./misconfigured";
import { saturatedBalancer } from "./saturated";
import { machineEvidence, machineMissing, machineOf, processIsDead } from "./machine";
import { missingFrom, sayings, verdict } from "./votes";

/** The balancer that the records lead to is what does not take customers. */
export function brokenBalancer(look: Look, estate: Estate): Diagnosis | undefined {
  const inPath = estate.balancers.filter((one) => leadsTo(look, one.address));
  const dead = inPath.find((one) => verdict(look, { kind: "balancer", name: one.name }) === "down");
  if (dead !== undefined) return deadBalancer(look, dead);
  return inPath.map((one) => emptyHanded(look, estate, one)).find((diagnosis) => diagnosis !== undefined);
}

function deadBalancer(look: Look, balancer: Balancer): Diagnosis {
  const of = { kind: "balancer", name: balancer.name } as const;
  const answersItself = look.views.some((view) => view.balancer === balancer.name);
  const evidence = [
    `${balancer.name}: ${sayings(look, of)}`,
    `customers: ${sayings(look, { kind: "customers" })}`,
  ];
  if (answersItself) return saturatedBalancer(look, balancer) ?? turnedAway(look, balancer);
  return processIsDead(look, balancer.name)
    ? deadProcess(look, balancer.name, evidence)
    : deadHost(look, balancer.name, evidence);
}

function deadProcess(look: Look, name: string, evidence: string[]): Diagnosis {
  const says = `${name}'s machine runs and refuses connections: its process is dead; servers behind it answer.`;
  return {
    ...found(look, "balancer-process-down", name, says, [...evidence, ...machineEvidence(look, name)]),
    runnerUp: {
      finding: "balancer-host-down",
      because: "something in front of the machine may refuse connections in its name",
    },
  };
}

function deadHost(look: Look, name: string, evidence: string[]): Diagnosis {
  const servers = look.observations.filter(
    (one) => one.of.kind === "server-customers" && one.saw === "healthy",
  );
  const power = machineOf(look, name)?.power;
  const why =
    power === "running" ? " Its machine runs, so its network is the likelier fault." : powerSays(power);
  return {
    ...found(
      look,
      "balancer-host-down",
      name,
      `${name} does not answer, from outside or inside; servers behind it do.${why}`,
      [
        ...evidence,
        `${name}'s Runtime API: ${sayings(look, { kind: "balancer-view", name })}`,
        `servers answer customers directly: ${[...new Set(servers.map((one) => ("name" in one.of ? one.of.name : "")))].join(", ") || "none"}`,
        ...machineEvidence(look, name),
      ],
    ),
    runnerUp:
      power === "stopped" || power === "deallocated"
        ? null
        : {
            finding: "balancer-process-down",
            because: "a dead process on a living machine looks the same from here",
          },
    missing: [...missingFrom(look), ...machineMissing(look, name)],
  };
}

function powerSays(power: PowerState | undefined): string {
  return power === undefined || power === "unknown" ? "" : ` Its machine is ${power}.`;
}

function leadsTo(look: Look, address: string): boolean {
  return look.records === null || look.records.some((one) => one.content === address);
}
