import type { App } from "../app/app";
import type { LogSink } from "../log";
import type { ManagementApi } from "../management/api";
import { type AdminApi, isAdminPath } from "./admin";
import { callHttpFunction } from "./call-function";
import { empty, type HostRequest, type HostResponse } from "./exchange";
import { type Keys, levelOf, mayCall } from "./keys";
import { findRoute, type Route } from "./router";

export type Pipeline = (request: HostRequest) => Promise<HostResponse>;

type Parts = {
  app: App;
  routes: Route[];
  keys: Keys;
  management: ManagementApi;
  admin: AdminApi;
  isDisabled(name: string): boolean;
  openManagement: boolean;
  clientPayload(): string;
  log: LogSink;
};

const webhooks = "/runtime/webhooks/durabletask";

/** Splits a path and decodes its segments; an escape that is none stays as it is. */
export function decodedSegments(path: string): string[] {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => {
      try {
        return decodeURIComponent(segment);
      } catch {
        return segment;
      }
    });
}

/**
 * A program on this machine, without a key in hand. A page in somebody's browser is none, though its requests come
 * from here too: browsers name the page's origin, or the host name by which a foreign page has got hold of us.
 */
function isLocalProgram({ url, headers }: HostRequest): boolean {
  const local = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const browser = ["origin", "referer", "sec-fetch-site"].some((name) => name in headers);
  const passedOn = ["forwarded", "via", "x-forwarded-for", "x-real-ip"].some((name) => name in headers);
  const wrongKey = "x-functions-key" in headers || url.searchParams.has("code");
  return local && !browser && !passedOn && !wrongKey;
}

/** Answers requests to the host: route, then key, then whether the function is disabled, then the function. */
export function createPipeline(parts: Parts): Pipeline {
  return async (request) => {
    const { pathname } = request.url;
    const path = pathname.toLowerCase();
    if (path === webhooks || path.startsWith(`${webhooks}/`)) {
      const level = levelOf(parts.keys, request);
      const free = parts.openManagement && isLocalProgram(request);
      return free || level === "system" || level === "admin"
        ? parts.management(decodedSegments(pathname.slice(webhooks.length)), request)
        : empty(401, [["WWW-Authenticate", "Bearer"]]);
    }
    if (isAdminPath(path)) {
      return parts.admin(path, request, levelOf(parts.keys, request));
    }
    const found = findRoute(parts.routes, request.method, pathname);
    if (!found) {
      return empty(404);
    }
    const level = levelOf(parts.keys, request, found.fn);
    if (!mayCall(level, found.fn)) {
      return empty(401);
    }
    if (parts.isDisabled(found.fn.name) && level !== "admin") {
      return empty(404);
    }
    return callHttpFunction(parts.app, found.fn, request, found.params, parts.clientPayload(), parts.log);
  };
}
