import type { Diagnosis } from "../diagnosis";
import { systemOf, type Finding } from "../finding";
import type { Look } from "../observation";
import { missingFrom, verdict } from "./votes";

/** A finding of one part; confirmed only when customers fail as well. */
export function found(
  look: Look,
  finding: Finding,
  target: string,
  says: string,
  evidence: string[],
): Diagnosis {
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
