import { RecoveryError } from "../shared/errors";
import { plainText } from "./plain-text";
import { rootCause } from "./root-cause";

/** What of the SDK's errors is used. The rest carries request headers, and with them the token (S-13). */
type SdkError = Error & { statusCode?: number; code?: string };

const STATUS = "If it lasts, Azure's control plane is in trouble: see azure.status.microsoft.";

/** What was wanted of a machine; each needs one right of its own. */
export type Wanted = "power" | "start" | "restart" | "run-command";

const compute = "Microsoft.Compute/virtualMachines";
const rights: Record<Wanted, string> = {
  power: `${compute}/instanceView/read`,
  start: `${compute}/start/action`,
  restart: `${compute}/restart/action`,
  "run-command": `${compute}/runCommand/action`,
};

export function azureLate(ms: number): RecoveryError {
  return new RecoveryError("AZURE_UNREACHABLE", `Azure did not answer within ${ms / 1_000} s.`, STATUS);
}

/** Names what happened, so that "Azure is down", "we may not" and "somebody is at it" are never the same evidence. */
export function azureError(thrown: unknown, part: string, wanted: Wanted): RecoveryError {
  if (thrown instanceof RecoveryError) return thrown;
  const error = thrown as SdkError;
  if (
    error.name === "AuthenticationError" ||
    error.name === "CredentialUnavailableError" ||
    error.statusCode === 401
  )
    return noSignIn(error);
  if (error.statusCode === undefined) {
    return new RecoveryError(
      "AZURE_UNREACHABLE",
      `Azure can't be reached: ${plainText(rootCause(error).message, 200)}.`,
      STATUS,
    );
  }
  return refusal(error.statusCode, error, part, wanted);
}

function noSignIn(error: SdkError): RecoveryError {
  return new RecoveryError(
    "AZURE_SIGN_IN",
    `Nobody could sign in at Azure: ${plainText(error.message, 200)}.`,
    "Check azure.credential, azure.tenant and azure.clientId in the configuration.",
  );
}

function refusal(status: number, error: SdkError, part: string, wanted: Wanted): RecoveryError {
  const says = plainText(`${error.code ?? ""} ${error.message}`, 200);
  if (status === 403) {
    return new RecoveryError(
      "AZURE_RIGHT_MISSING",
      `Azure refuses ${wanted} for ${part}'s machine: ${says}.`,
      `Give whoever signs in the right ${rights[wanted]} on that machine; docs/configuration.md lists all.`,
    );
  }
  if (status === 404) {
    return new RecoveryError(
      "MACHINE_UNKNOWN",
      `Azure knows no machine of ${part}: ${says}.`,
      "Compare vm.id in the configuration with the machine's properties in Azure.",
    );
  }
  if (status === 409 && error.code !== "OperationNotAllowed") {
    return new RecoveryError(
      "MACHINE_BUSY",
      `Something else is being done to ${part}'s machine: ${says}.`,
      "It is looked at again; nothing is repeated blindly.",
    );
  }
  if (status === 429) {
    return new RecoveryError(
      "AZURE_THROTTLED",
      `Azure refuses more requests for now: ${says}.`,
      "The limits count everybody in the subscription and region. Find what else asks so often.",
    );
  }
  if (status >= 500)
    return new RecoveryError("AZURE_FAILED", `Azure failed with status ${status}: ${says}.`, STATUS);
  return new RecoveryError(
    "MACHINE_REFUSED",
    `Azure refuses ${wanted} for ${part}'s machine with status ${status}: ${says}.`,
    "Look at the machine in Azure: it may be off, locked, or without its agent.",
  );
}
