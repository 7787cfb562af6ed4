import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import { systemOf, type Finding } from "../finding";
import type { Look, Subject } from "../observation";
import { certificateWarnings } from "./certificate";
import { silentDns, wrongRecords } from "./dns";
import { resolverEvidence } from "./dns-caches";
import { underAttack } from "./attack";
import { silentControlPlane } from "./edge";
import { ALL_SERVERS } from "../targets";
import { brokenFront } from "./front";
import { machineEvidence, machineMissing, machineOf } from "./machine";
import { sickServer, viewOf } from "./sick-server";
import { missingFrom, observationsOf, sayings, verdict } from "./votes";

/**
 * The diagnosis: a pure function of one look, and of an earlier one where counters are to be compared. Observers first (all red means the observers are
 * suspect), then the deepest failing system whose dependencies are healthy, outwards to DNS.
 * Unknown is not down: what cannot be confirmed by two vantages ends as `unclear`, for a person.
 */
export function conclude(look: Look, estate: Estate, before?: Look): Diagnosis {
  const customers = verdict(look, { kind: "customers" });
  const answered = look.vantages.filter((one) => one.answered);
  if (answered.length === 0)
    return about(look, "observers-suspect", "No vantage answers, so nothing is known.", []);
  if (everythingRed(look, estate)) {
    return about(
      look,
      "observers-suspect",
      "Everything is red at once, DNS included: the observers are the likelier fault.",
      [`customers: ${sayings(look, { kind: "customers" })}`, `DNS: ${sayings(look, { kind: "dns" })}`],
    );
  }
  if (answered.length === 1 && customers !== "healthy") {
    return about(
      look,
      "unclear",
      `Only ${answered[0]?.name ?? "one vantage"} answers, and one place can't confirm.`,
      customerEvidence(look),
    );
  }

  const attack = underAttack(look, estate);
  if (attack !== undefined) return attack;
  const sick = sickServer(look, estate.servers, before);
  if (sick !== undefined) return sick;
  if (customers === "healthy")
    return (
      wrongRecords(look, estate) ??
      silentDns(look, estate) ??
      ejectedServer(look, estate) ??
      silentControlPlane(look) ??
      about(look, "healthy", "Customers are served.", [
        ...customerEvidence(look),
        ...certificateWarnings(look, estate),
      ])
    );
  if (customers !== "down") {
    return about(
      look,
      "unclear",
      "The vantages do not agree whether customers are served.",
      customerEvidence(look),
    );
  }
  if (estate.servers.every((one) => verdict(look, { kind: "server-customers", name: one.name }) === "down")) {
    return {
      ...about(
        look,
        "all-api-servers-down",
        "No API server serves customers.",
        estate.servers.flatMap((one) => [
          `${one.name}: ${sayings(look, { kind: "server-customers", name: one.name })}`,
          ...machineEvidence(look, one.name),
        ]),
      ),
      target: ALL_SERVERS,
    };
  }
  return (
    brokenFront(look, estate) ??
    about(look, "unclear", "Customers fail, and no single part explains it.", customerEvidence(look))
  );
}

/** HAProxy took a dead server out by itself: nothing is to be done but to tell somebody. */
function ejectedServer(look: Look, estate: Estate): Diagnosis | undefined {
  const dead = estate.servers.find(
    (one) =>
      viewOf(look, one.name)?.state.status.startsWith("DOWN") === true &&
      verdict(look, { kind: "server-health", name: one.name }) === "down",
  );
  if (dead === undefined) return undefined;
  const power = machineOf(look, dead.name)?.power;
  const off = power === "stopped" || power === "deallocated" ? ` Its machine is ${power}.` : "";
  const says = `${dead.name} is down; HAProxy has taken it out, and customers are served by the others.${off}`;
  const base = about(look, "api-server-down", says, [
    ...customerEvidence(look),
    `health check of ${dead.name}: ${sayings(look, { kind: "server-health", name: dead.name })}`,
    ...machineEvidence(look, dead.name),
  ]);
  const unknown = power === undefined ? [] : machineMissing(look, dead.name);
  const missing = [...base.missing, ...unknown];
  return { ...base, target: dead.name, confidence: "confirmed", missing };
}

function everythingRed(look: Look, estate: Estate): boolean {
  const subjects: Subject[] = [
    { kind: "customers" },
    { kind: "dns" },
    ...estate.balancers.map((one): Subject => ({ kind: "balancer", name: one.name })),
    ...estate.servers.map((one): Subject => ({ kind: "server-health", name: one.name })),
  ];
  return subjects.every((of) => ["down", "unconfirmed"].includes(verdict(look, of)));
}

function customerEvidence(look: Look): string[] {
  return [`customers: ${sayings(look, { kind: "customers" })}`, ...resolverEvidence(look)];
}

function about(look: Look, finding: Finding, says: string, evidence: string[]): Diagnosis {
  return {
    finding,
    system: systemOf[finding],
    target: null,
    says,
    evidence,
    runnerUp: null,
    missing: missingFrom(look),
    confidence: confidenceIn(look, finding),
  };
}

/** That all is well is confirmed by two places as well. */
function confidenceIn(look: Look, finding: Finding): Diagnosis["confidence"] {
  if (finding === "all-api-servers-down") return "confirmed";
  if (finding !== "healthy") return "none";
  const served = observationsOf(look, { kind: "customers" }).filter((one) => one.saw === "healthy");
  return served.length > 1 ? "confirmed" : "likely";
}
