import type { Engine } from "../durable/engine";
import { empty, type HostRequest, type HostResponse, json } from "../http/exchange";
import { readHistory } from "../store/history-rows";
import { findInstance, isTerminal, listInstances } from "../store/instances";
import { requestedFilter, requestedStatuses } from "./answers";
import { renderHistory } from "./render-history";
import { statusOf } from "./status";

const pageSize = 100;
const tokenHeader = "x-ms-continuation-token";

const flag = (query: URLSearchParams, name: string, fallback: boolean): boolean => {
  const value = query.get(name)?.toLowerCase();
  return value === "true" || value === "false" ? value === "true" : fallback;
};

/** 202 while it runs, with where to ask again; 200 when it has ended. */
export function getStatus(engine: Engine, request: HostRequest, id: string): HostResponse {
  const instance = findInstance(engine.db, id);
  if (!instance) {
    return empty(404);
  }
  const query = request.url.searchParams;
  const showInput = flag(query, "showInput", true);
  const body = statusOf(instance, { showInput });
  // A pending instance has no history yet.
  if (flag(query, "showHistory", false) && instance.status !== "Pending") {
    const showOutput = flag(query, "showHistoryOutput", false);
    body.historyEvents = renderHistory(readHistory(engine.db, instance.n), { showOutput, showInput });
  }
  if (!isTerminal(instance.status)) {
    return json(202, body, [
      ["Location", statusUrl(request.url)],
      ["Retry-After", "5"],
    ]);
  }
  const failed = instance.status === "Failed" && flag(query, "returnInternalServerErrorOnFailure", false);
  return json(failed ? 500 : 200, body);
}

/** The same address again, without the hub and the connection. */
function statusUrl(url: URL): string {
  const again = new URL(url);
  again.searchParams.delete("taskHub");
  again.searchParams.delete("connection");
  return again.href;
}

/** The id after which the next page begins. */
const tokenOf = (id: string): string => Buffer.from(id).toString("base64");

/** One page of instances; the token of the next page travels in a header. */
export function listStatuses(engine: Engine, request: HostRequest): HostResponse {
  const query = request.url.searchParams;
  const top = Number.parseInt(query.get("top") ?? "", 10);
  const limit = top > 0 ? top : pageSize;
  const token = request.headers[tokenHeader];
  const after = token === undefined ? "" : Buffer.from(token, "base64").toString("utf8");
  if (token !== undefined && tokenOf(after) !== token.trim()) {
    return json(200, []);
  }
  const statuses = requestedStatuses(query);
  const found = listInstances(engine.db, { ...requestedFilter(query), statuses, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const showInput = flag(query, "showInput", true);
  const last = page.at(-1);
  const next: [string, string][] = found.length > limit && last ? [[tokenHeader, tokenOf(last.id)]] : [];
  return json(
    200,
    page.map((instance) => statusOf(instance, { showInput })),
    next,
  );
}
