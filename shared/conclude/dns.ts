import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import { found } from "./found";
import { sayings, verdict } from "./votes";

/** Nobody answers for the service's name. */
export function silentDns(look: Look, estate: Estate): Diagnosis | undefined {
  if (verdict(look, { kind: "dns" }) !== "down") return undefined;
  const says = "No name server answers for the service's name.";
  const evidence = [`DNS: ${sayings(look, { kind: "dns" })}`];
  return found(look, "dns-unanswered", estate.service.hostname, says, evidence);
}

/** The records lead somewhere, and it is nowhere of ours. */
export function wrongRecords(look: Look, estate: Estate): Diagnosis | undefined {
  if (look.records === null || leadsSomewhereKnown(look, estate)) return undefined;
  const says = "The records lead to an address outside the estate.";
  const evidence = [`records: ${look.records.map((one) => one.content).join(", ") || "none"}`];
  return found(look, "dns-wrong-records", estate.service.hostname, says, evidence);
}

function leadsSomewhereKnown(look: Look, estate: Estate): boolean {
  const known = new Set([...estate.balancers, ...estate.servers].map((one) => one.address));
  return (look.records ?? []).length > 0 && (look.records ?? []).every((one) => known.has(one.content));
}
