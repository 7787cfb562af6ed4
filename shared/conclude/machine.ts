import type { Look, MachineSeen } from "../observation";
import { observationsOf } from "./votes";

/** What the control plane says of the machine under a part. Undefined: it was not asked. */
export function machineOf(look: Look, part: string): MachineSeen | undefined {
  return look.machines?.find((one) => one.name === part);
}

/**
 * A machine that runs and refuses connections has nobody listening: its process is dead. One refusal is enough,
 * because silence may be the vantage's own. A machine that runs and is silent everywhere may as well be cut off.
 */
export function processIsDead(look: Look, balancer: string): boolean {
  const down = observationsOf(look, { kind: "balancer", name: balancer }).filter((one) => one.saw === "down");
  return (
    machineOf(look, balancer)?.power === "running" &&
    down.length >= 2 &&
    down.some((one) => /refused/i.test(one.says))
  );
}

/** For the evidence, when there is something to say. */
export function machineEvidence(look: Look, part: string): string[] {
  const seen = machineOf(look, part);
  return seen === undefined || seen.power === "unknown"
    ? []
    : [`${part}'s machine: ${seen.says}, says Azure`];
}

/** For what is missing: why nobody knows whether the machine is alive. */
export function machineMissing(look: Look, part: string): string[] {
  const seen = machineOf(look, part);
  if (seen === undefined) return [`whether the machine itself is alive (its power state was not asked)`];
  return seen.power === "unknown" ? [`whether ${part}'s machine is alive (Azure: ${seen.says})`] : [];
}
