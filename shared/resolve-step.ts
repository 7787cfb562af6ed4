import type { Refusal } from "./errors";
import type { StepTemplate } from "./recovery-plan";
import { resolveRecord } from "./steps/point-record";
import { resolveRestore } from "./steps/restore-records";
import type { Resolved, Resolving } from "./steps/resolving";
import { resolveSecurityLevel } from "./steps/security-level";
import { resolveStart } from "./steps/start";
import { resolveServerState } from "./steps/server-state";
import { resolveUnproxied } from "./steps/unproxy-records";

/** Makes a step's exact changes from the world as it is now. Reads only; refuses what would be unsafe or impossible already. */
export async function resolveStep(step: StepTemplate, context: Resolving): Promise<Resolved | Refusal> {
  switch (step.do) {
    case "setServerState":
      return resolveServerState(step, context);
    case "pointRecord":
      return await resolveRecord(context);
    case "restoreRecords":
      return await resolveRestore(context);
    case "unproxyRecords":
      return await resolveUnproxied(context);
    case "setSecurityLevel":
      return await resolveSecurityLevel(step, context);
    case "start":
      return await resolveStart(step, context);
  }
}
