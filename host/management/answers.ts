import type { Called } from "../durable/client";
import { empty, type HostResponse, json } from "../http/exchange";
import { type InstanceFilter, type RuntimeStatus, runtimeStatuses } from "../store/instances";

/** The answer to an operation on one instance; `what` says what a conflict kept from happening. */
export function answerCall(called: Called, what = ""): HostResponse {
  if (called.kind === "conflict") {
    return failure(500, `Cannot ${what} because instance is in the ${called.status} state.`);
  }
  return empty({ done: 202, unknown: 404, ended: 410 }[called.kind]);
}

/** An exception as the extension shows it. `exception` is its text. */
export function failure(
  status: number,
  exception: string,
  {
    message = "Something went wrong while processing your request",
    type = "System.InvalidOperationException",
  } = {},
): HostResponse {
  return json(status, {
    Message: message,
    ExceptionMessage: exception,
    ExceptionType: type,
    StackTrace: "",
  });
}

/** Unknown names are ignored, as in the real host: only unknown ones are no filter at all. */
export function requestedStatuses(query: URLSearchParams): RuntimeStatus[] {
  const named = (query.get("runtimeStatus") ?? "").split(",");
  const wanted = new Set(named.map((name) => name.trim().toLowerCase()));
  return runtimeStatuses.filter((status) => wanted.has(status.toLowerCase()));
}

/** The window and prefix of a query; a date that is none is ignored. */
export function requestedFilter(query: URLSearchParams): InstanceFilter {
  const filter: InstanceFilter = {};
  const from = Date.parse(query.get("createdTimeFrom") ?? "");
  const to = Date.parse(query.get("createdTimeTo") ?? "");
  const prefix = query.get("instanceIdPrefix");
  if (!Number.isNaN(from)) {
    filter.createdFrom = from;
  }
  if (!Number.isNaN(to)) {
    filter.createdTo = to;
  }
  if (prefix) {
    filter.prefix = prefix;
  }
  return filter;
}
