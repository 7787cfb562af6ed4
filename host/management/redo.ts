import { start } from "../durable/client";
import type { Engine } from "../durable/engine";
import { rewind } from "../durable/rewind";
import { empty, type HostRequest, type HostResponse, json } from "../http/exchange";
import { findInstance } from "../store/instances";
import { failure } from "./answers";
import { startedAnswer } from "./started";
import { type Addresses, seenFrom } from "./urls";

/** Takes a failed instance back to before its failures. */
export async function rewindInstance(
  engine: Engine,
  id: string,
  reason: string | null,
): Promise<HostResponse> {
  const called = await rewind(engine, id, reason);
  switch (called.kind) {
    case "unknown":
      // The dollar sign is the real host's.
      return json(404, `No orchestration with instance ID "$${id}" found.`);
    case "conflict":
      return json(
        412,
        `This orchestration has status ${called.status}, but only orchestrations in the "Failed" state can be rewound.`,
      );
    default:
      return empty(202);
  }
}

/** Starts an instance's orchestrator again with the same input, under a new id unless told otherwise. */
export async function restartInstance(
  engine: Engine,
  addresses: Addresses,
  request: HostRequest,
  id: string,
): Promise<HostResponse> {
  const instance = findInstance(engine.db, id);
  if (!instance) {
    return failure(400, `No instance with ID '${id}' was found. (Parameter 'instanceId')`, {
      message: "InstanceId does not match a valid orchestration instance.",
      type: "System.ArgumentException",
    });
  }
  const sameId = request.url.searchParams.get("restartWithNewInstanceId")?.toLowerCase() === "false";
  const { name, input } = instance;
  const started = await start(engine, { name, input, instanceId: sameId ? id : undefined });
  if (started.kind === "conflict") {
    return failure(409, `An Orchestration instance with the status ${started.status} already exists.`, {
      message: "A non-terminal instance with this instance ID already exists.",
      type: "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException",
    });
  }
  return startedAnswer(seenFrom(addresses, request.url), started.id);
}
