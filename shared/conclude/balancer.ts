import type { Diagnosis } from "../diagnosis";
import type { Balancer, Estate } from "../estate";
import type { Look } from "../observation";
import { found } from "./found";
import { emptyHanded, turnedAway } from "./misconfigured";
import { saturatedBalancer } from "./saturated";
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
  const servers = look.observations.filter(
    (one) => one.of.kind === "server-customers" && one.saw === "healthy",
  );
  return {
    ...found(
      look,
      "balancer-host-down",
      balancer.name,
      `${balancer.name} does not answer, from outside or inside; servers behind it do.`,
      [
        ...evidence,
        `${balancer.name}'s Runtime API: ${sayings(look, { kind: "balancer-view", name: balancer.name })}`,
        `servers answer customers directly: ${[...new Set(servers.map((one) => ("name" in one.of ? one.of.name : "")))].join(", ") || "none"}`,
      ],
    ),
    runnerUp: {
      finding: "balancer-process-down",
      because: "a dead process on a living machine looks the same from here",
    },
    missing: [...missingFrom(look), "whether the machine itself is alive (its power state was not asked)"],
  };
}

function leadsTo(look: Look, address: string): boolean {
  return look.records === null || look.records.some((one) => one.content === address);
}
