import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look, SeenRecord } from "../observation";
import { found } from "./found";
import { sayings, verdict } from "./votes";

/** Nobody answers for the service's name. Resolvers may remember it for a while, so customers may be served still. */
export function silentDns(look: Look, estate: Estate): Diagnosis | undefined {
  if (verdict(look, { kind: "dns" }) !== "down") return undefined;
  const says = "No authoritative name server answers for the service's name.";
  const evidence = [
    `DNS: ${sayings(look, { kind: "dns" })}`,
    `customers: ${sayings(look, { kind: "customers" })}`,
  ];
  return found(look, "dns-unanswered", estate.service.hostname, says, evidence);
}

/** The records lead somewhere, and it is nowhere of ours. Whoever answers there may even say 200. */
export function wrongRecords(look: Look, estate: Estate): Diagnosis | undefined {
  if (look.records === null || leadIntoEstate(look.records, estate)) return undefined;
  const says =
    verdict(look, { kind: "customers" }) === "healthy"
      ? "The records lead to an address outside the estate, and somebody answers customers there."
      : "The records lead to an address outside the estate.";
  const evidence = [
    `records: ${look.records.map((one) => one.content).join(", ") || "none"}`,
    `customers: ${sayings(look, { kind: "customers" })}`,
  ];
  return {
    ...found(look, "dns-wrong-records", estate.service.hostname, says, evidence),
    runnerUp: { finding: "unclear", because: "whoever changed the records may have meant it" },
  };
}

/** Is there a record, and does each lead to a balancer or server of ours? */
export function leadIntoEstate(records: SeenRecord[], estate: Estate): boolean {
  return records.length > 0 && records.every((one) => partAt(estate, one.content) !== undefined);
}

/** The name of the part of the estate that a record can lead to at this address. */
export function partAt(estate: Estate, address: string): string | undefined {
  return [...estate.balancers, ...estate.servers].find((one) => one.address === address)?.name;
}
