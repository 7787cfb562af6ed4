import { purge, purgeBy, raiseEvent, resume, start, suspend, terminate } from "../durable/client";
import type { Engine } from "../durable/engine";
import { messageOf } from "../host-error";
import { empty, type HostRequest, type HostResponse, json } from "../http/exchange";
import { answerCall, failure, requestedFilter, requestedStatuses } from "./answers";
import { parsed } from "./parsed";
import { getStatus, listStatuses } from "./queries";
import { restartInstance, rewindInstance } from "./redo";
import { startedAnswer } from "./started";
import { statusOf } from "./status";
import { type Addresses, seenFrom } from "./urls";
import { waitForEnd } from "./wait-for-end";

/** The management API, without its keys: the caller has judged them. */
export type ManagementApi = (path: string[], request: HostRequest) => Promise<HostResponse>;

/**
 * Answers the Durable Task management API. `path` are the decoded segments behind the API's root. Anything that is
 * not an operation is 404 without a body, a wrong method included.
 */
export function managementApi(engine: Engine, addresses: () => Addresses): ManagementApi {
  return async (path, request) => {
    const [collection = "", first, second, third, ...rest] = path;
    const hub = request.url.searchParams.get("taskHub");
    if (rest.length > 0 || (hub !== null && hub.toLowerCase() !== addresses().hubName.toLowerCase())) {
      return empty(404);
    }
    const connection = request.url.searchParams.get("connection");
    if (connection !== null && connection.toLowerCase() !== "storage") {
      return failure(500, `Unable to resolve the Azure Storage connection named '${connection}'.`);
    }
    if (collection.toLowerCase() === "orchestrators" && third === undefined && first) {
      return request.method === "POST" ? startNew(engine, addresses(), first, second, request) : empty(404);
    }
    if (collection.toLowerCase() === "entities") {
      return json(501, "This host has no durable entities.");
    }
    if (collection.toLowerCase() !== "instances") {
      return empty(404);
    }
    if (!first) {
      return collectionOf(engine, request);
    }
    if (second === undefined) {
      return one(engine, request, first);
    }
    return request.method === "POST"
      ? operate(engine, addresses(), request, first, second, third)
      : empty(404);
  };
}

async function startNew(
  engine: Engine,
  addresses: Addresses,
  name: string,
  instanceId: string | undefined,
  request: HostRequest,
): Promise<HostResponse> {
  const text = Buffer.from(request.body).toString("utf8");
  let input: string | null = null;
  try {
    input = text.length === 0 ? null : JSON.stringify(JSON.parse(text));
  } catch (error) {
    return failure(500, messageOf(error), { type: "Newtonsoft.Json.JsonSerializationException" });
  }
  const version = request.url.searchParams.get("version") ?? undefined;
  const started = await start(engine, {
    name,
    instanceId,
    input: input === "null" ? null : input,
    version,
  });
  if (started.kind === "conflict") {
    return json(409, {
      Message: `An Orchestration instance with the status ${started.status} already exists.`,
    });
  }
  const ended = await waitForEnd(engine, request.url.searchParams, started.id);
  if (ended) {
    return json(
      200,
      ended.status === "Completed" ? parsed(ended.output) : statusOf(ended, { showInput: true }),
    );
  }
  return startedAnswer(seenFrom(addresses, request.url), started.id);
}

async function collectionOf(engine: Engine, request: HostRequest): Promise<HostResponse> {
  const { searchParams } = request.url;
  if (request.method === "GET") {
    return listStatuses(engine, request);
  }
  if (request.method !== "DELETE") {
    return empty(404);
  }
  const { createdFrom, createdTo } = requestedFilter(searchParams);
  if (createdFrom === undefined) {
    return json(400, "Please provide value for 'createdTimeFrom' parameter.");
  }
  const instancesDeleted = await purgeBy(engine, {
    createdFrom,
    createdTo: createdTo ?? engine.clock.now(),
    statuses: requestedStatuses(searchParams),
  });
  return instancesDeleted === 0 ? empty(404) : json(200, { instancesDeleted });
}

async function one(engine: Engine, request: HostRequest, id: string): Promise<HostResponse> {
  if (request.method === "GET") {
    return getStatus(engine, request, id);
  }
  if (request.method !== "DELETE") {
    return empty(404);
  }
  const called = await purge(engine, id);
  switch (called.kind) {
    case "done":
      return json(200, { instancesDeleted: 1 });
    case "conflict":
      return json(
        412,
        `Only orchestrations in a terminal state can be purged, but the orchestration with instance ID ${id} has status ${called.status}`,
      );
    default:
      return empty(404);
  }
}

async function operate(
  engine: Engine,
  addresses: Addresses,
  request: HostRequest,
  id: string,
  operation: string,
  event: string | undefined,
): Promise<HostResponse> {
  const reason = request.url.searchParams.get("reason");
  const name = operation.toLowerCase();
  if (name === "raiseevent" && event) {
    return raise(engine, request, id, event);
  }
  if (event !== undefined) {
    return empty(404);
  }
  switch (name) {
    case "terminate":
      return answerCall(await terminate(engine, id, reason));
    case "suspend":
      return answerCall(await suspend(engine, id, reason), `suspend the orchestration instance ${id}`);
    case "resume":
      return answerCall(await resume(engine, id, reason), `resume the orchestration instance ${id}`);
    case "rewind":
      return rewindInstance(engine, id, reason);
    case "restart":
      return restartInstance(engine, addresses, request, id);
    default:
      return empty(404);
  }
}

async function raise(engine: Engine, request: HostRequest, id: string, event: string): Promise<HostResponse> {
  const status = engine.db.get("SELECT status FROM instances WHERE id = ?", id)?.["status"];
  if (status === undefined) {
    return empty(404);
  }
  if (status === "Completed" || status === "Failed" || status === "Terminated" || status === "Canceled") {
    return empty(410);
  }
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    return json(400, { Message: "Only application/json request content is supported" });
  }
  let input: string;
  try {
    input = JSON.stringify(JSON.parse(Buffer.from(request.body).toString("utf8")));
  } catch (error) {
    const type = "Newtonsoft.Json.JsonReaderException";
    return failure(400, messageOf(error), { message: "Invalid JSON content", type });
  }
  return answerCall(await raiseEvent(engine, id, event, input));
}
