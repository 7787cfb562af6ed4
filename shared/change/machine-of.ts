import { viewOf } from "../conclude/sick-server";
import { RecoveryError, refuse, type Refusal } from "../errors";
import type { Look } from "../observation";
import { adminStateOf } from "../server-state";
import type { MachinePort, World } from "../world";

export function machineFor(part: string, world: World): MachinePort {
  const machine = world.machine(part);
  if (machine !== undefined) return machine;
  throw new RecoveryError(
    "MACHINE_UNKNOWN",
    `The configuration doesn't say which machine ${part} runs on.`,
    "Add its vm, or start it by hand.",
  );
}

/** A server that somebody drained or put into maintenance is theirs, dead or not (design §5). */
export function takenOut(part: string, seen: Look): Refusal | undefined {
  const view = viewOf(seen, part);
  const state = view === undefined ? "ready" : adminStateOf(view.state);
  if (view === undefined || state === "ready") return undefined;
  const says = `Somebody has put ${part} into ${state} in ${view.balancer}.`;
  return refuse("TAKEN_OUT", says, "It is theirs to bring back.");
}
