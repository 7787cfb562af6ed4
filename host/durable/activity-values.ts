import type { TypedData } from "../app/core-types";
import type { FailureDetails } from "./history";

/**
 * The trigger value of an activity, from the JSON text of the action's input. The library has made JSON text of a
 * string already; a bare boolean arrives as the text of .NET, as on Azure, so that the mistake shows.
 */
export function activityInput(input: string | null): string | undefined {
  const value: unknown = input === null ? null : JSON.parse(input);
  if (value === null) {
    return undefined;
  }
  if (typeof value === "string") {
    return value;
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  return input ?? undefined;
}

/** What comes with the trigger: the instance, the input again, and each plain member of an object. */
export function activityMetadata(
  triggerKey: string,
  instanceId: string,
  input: string | undefined,
): Record<string, TypedData> {
  const metadata: Record<string, TypedData> = { instanceId: { string: instanceId } };
  if (input === undefined) {
    return metadata;
  }
  metadata[triggerKey] = { string: input };
  if (!input.startsWith("{")) {
    return metadata;
  }
  metadata["data"] = { json: input };
  for (const [name, value] of Object.entries(JSON.parse(input) as Record<string, unknown>)) {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      metadata[name] ??= { string: String(value) };
    }
  }
  return metadata;
}

/** JSON text of an activity's result; null for none. */
export function activityResult(value: TypedData | null | undefined): string | null {
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value.string === "string") {
    return JSON.stringify(value.string);
  }
  if (typeof value.json === "string") {
    return value.json;
  }
  if (value.bytes) {
    return JSON.stringify(Buffer.from(value.bytes).toString("base64"));
  }
  const number = value.int ?? value.double;
  return number === undefined || number === null ? null : JSON.stringify(number);
}

export type ActivityFailure = {
  Reason: string;
  Details: string | null;
  FailureDetails: FailureDetails | null;
};

/** The failure of an activity as the orchestration gets it: the class of the error is lost, the text has two blanks. */
export function activityFailure(name: string, error: Error): ActivityFailure {
  const structured = structuredDetails(error);
  if (structured) {
    return {
      Reason: `Activity function '${name}' failed with an unhandled exception.`,
      Details: null,
      FailureDetails: structured,
    };
  }
  const { message } = error;
  const stack = error.stack ?? "";
  return {
    Reason: `Activity function '${name}' failed:  ${message}`,
    Details: JSON.stringify({
      $type: "System.Exception, System.Private.CoreLib",
      ClassName: "System.Exception",
      Message: ` ${message}`,
      Data: null,
      InnerException: {
        $type: "Microsoft.Azure.WebJobs.Script.Workers.Rpc.RpcException, Microsoft.Azure.WebJobs.Script",
        IsUserException: false,
        RemoteStackTrace: stack,
        RemoteMessage: message,
        RemoteTypeName: null,
        Message: `Result: Failure\nException: ${message}\nStack: ${stack}`,
      },
    }),
    FailureDetails: null,
  };
}

/** A failure that says itself what it is, with one blank: a missing function, a time-out, a dead worker. */
export function plainFailure(name: string, message: string): ActivityFailure {
  const details = { ClassName: "System.Exception", Message: message, InnerException: null };
  return {
    Reason: `Activity function '${name}' failed: ${message}`,
    Details: JSON.stringify(details),
    FailureDetails: null,
  };
}

/** An app that registered a provider of exception properties puts JSON of this shape into the message. */
function structuredDetails(error: Error): FailureDetails | undefined {
  if (!error.message.startsWith("{")) {
    return undefined;
  }
  try {
    const read = JSON.parse(error.message) as Record<string, unknown>;
    if (typeof read["errorType"] !== "string" || typeof read["errorMessage"] !== "string") {
      return undefined;
    }
    return {
      ErrorType: read["errorType"],
      ErrorMessage: read["errorMessage"],
      StackTrace: typeof read["stackTrace"] === "string" ? read["stackTrace"] : null,
      InnerFailure: null,
      IsNonRetriable: read["isNonRetriable"] === true,
      Properties: (read["properties"] as Record<string, unknown> | undefined) ?? null,
    };
  } catch {
    return undefined;
  }
}
