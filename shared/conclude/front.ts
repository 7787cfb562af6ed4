import type { Diagnosis } from "../diagnosis";
import type { Balancer, Estate } from "../estate";
import { systemOf, type Finding } from "../finding";
import type { Look } from "../observation";
import { missingFrom, sayings, verdict } from "./votes";

/** Customers fail: which part in front of healthy servers is it? The balancer that the records lead to comes first. */
export function brokenFront(look: Look, estate: Estate): Diagnosis | undefined {
  if (verdict(look, { kind: "dns" }) === "down") {
    return found(
      look,
      "dns-unanswered",
      estate.service.hostname,
      "No name server answers for the service's name.",
      [`DNS: ${sayings(look, { kind: "dns" })}`],
    );
  }
  const inPath = estate.balancers.filter((one) => leadsTo(look, one.address));
  const dead = inPath.find((one) => verdict(look, { kind: "balancer", name: one.name }) === "down");
  if (dead !== undefined) return deadBalancer(look, dead);
  if (look.records !== null && !leadsSomewhereKnown(look, estate)) {
    return found(
      look,
      "dns-wrong-records",
      estate.service.hostname,
      "The records lead to an address outside the estate.",
      [`records: ${look.records.map((one) => one.content).join(", ") || "none"}`],
    );
  }
  if (verdict(look, { kind: "edge" }) === "down") {
    return found(
      look,
      "edge-down",
      "edge",
      "CloudFlare's edge does not pass customers on; what is behind it answers.",
      [`edge: ${sayings(look, { kind: "edge" })}`],
    );
  }
  return undefined;
}

function deadBalancer(look: Look, balancer: Balancer): Diagnosis {
  const of = { kind: "balancer", name: balancer.name } as const;
  const answersItself = look.views.some((view) => view.balancer === balancer.name);
  const evidence = [
    `${balancer.name}: ${sayings(look, of)}`,
    `customers: ${sayings(look, { kind: "customers" })}`,
  ];
  if (answersItself) {
    return found(
      look,
      "balancer-misconfigured",
      balancer.name,
      `${balancer.name} runs, but does not take customers.`,
      [...evidence, `${balancer.name}'s Runtime API answers`],
    );
  }
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

function found(look: Look, finding: Finding, target: string, says: string, evidence: string[]): Diagnosis {
  return {
    finding,
    system: systemOf[finding],
    target,
    says,
    evidence,
    runnerUp: null,
    missing: missingFrom(look),
    confidence: verdict(look, { kind: "customers" }) === "down" ? "confirmed" : "likely",
  };
}

function leadsTo(look: Look, address: string): boolean {
  return look.records === null || look.records.some((one) => one.content === address);
}

function leadsSomewhereKnown(look: Look, estate: Estate): boolean {
  const known = new Set([...estate.balancers, ...estate.servers].map((one) => one.address));
  return (look.records ?? []).length > 0 && (look.records ?? []).every((one) => known.has(one.content));
}
