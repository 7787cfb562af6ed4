import { RecoveryError } from "../shared/errors";
import { SERVICE_NAME, type ServiceState, type UnderWay } from "../shared/machine";
import { plainText } from "./plain-text";

/** What may run on a machine, and nothing else does: Run Command is root there. */
export type Script = "status" | "start";

/**
 * The script's lines. Of what is not ours only the service's name gets in, and only as letters, digits and
 * `_.@-` with no dash first: no second command, no option. Throws `COMMAND_REFUSED` before anything is sent.
 */
export function scriptOf(script: Script, service: string): string[] {
  if (!SERVICE_NAME.test(service)) {
    throw new RecoveryError(
      "COMMAND_REFUSED",
      `No script was sent: ${JSON.stringify(service.slice(0, 80))} is not the name of a service.`,
      "Services are named with lower-case letters, digits, dots, dashes, underscores and @.",
    );
  }
  // A unit that failed too often in a row is not started again before the count is forgotten.
  const start = [`systemctl reset-failed ${service}`, `systemctl start ${service}`];
  return [...(script === "start" ? start : []), `systemctl show --property=LoadState,ActiveState ${service}`];
}

/** What `systemctl show` printed, from Run Command's message, which wraps it and keeps the last 4,096 bytes. */
export function stateIn(messages: string[], part: string, service: string): ServiceState | UnderWay {
  const text = messages.join("\n");
  const property = (name: string) => new RegExp(`^${name}=([a-z-]+)$`, "m").exec(text)?.[1];
  const [load, state] = [property("LoadState"), property("ActiveState")];
  if (load === "not-found") {
    throw new RecoveryError(
      "MACHINE_REFUSED",
      `${part}'s machine has no service ${service}.`,
      "Compare vm.service in the configuration with `systemctl list-units` on the machine.",
    );
  }
  switch (state) {
    case "active":
    case "inactive":
    case "failed":
      return state;
    case "activating":
    case "reloading":
    case "refreshing":
    case "deactivating":
      return { underWay: `${service} on ${part} is ${state}.` };
    default:
      throw new RecoveryError(
        "MACHINE_UNCLEAR_ANSWER",
        `${part}'s machine says "${plainText(text, 160)}" instead of the state of ${service}.`,
        "Is it a Linux with systemd? Nothing is concluded from the answer.",
      );
  }
}
