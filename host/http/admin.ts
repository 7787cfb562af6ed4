import { hostVersion } from "../core-module";
import { empty, type HostRequest, type HostResponse, json } from "./exchange";
import type { KeyLevel } from "./keys";

/** The few endpoints of the host's own that are worth having: is it up, what does it hold, run one function now. */
export type AdminApi = (path: string, request: HostRequest, level: KeyLevel) => Promise<HostResponse>;

export type AdminParts = {
  startedAt: number;
  now(): number;
  functions(): { name: string }[];
  /** Starts a function that is not an HTTP function; false when there is none of that name. */
  run(name: string, input: string): boolean;
};

export const isAdminPath = (path: string): boolean => path === "/admin" || path.startsWith("/admin/");

export function createAdminApi(parts: AdminParts): AdminApi {
  return async (path, request, level) => {
    if (path === "/admin/host/ping" || path === "/admin/warmup") {
      return request.method === "GET" || request.method === "POST" ? empty(200) : empty(404);
    }
    if (level !== "admin") {
      return empty(level === "function" && path === "/admin/host/status" ? 403 : 401);
    }
    if (path === "/admin/host/status" && request.method === "GET") {
      const processUptime = parts.now() - parts.startedAt;
      return json(200, { id: "embedded", state: "Running", version: hostVersion, processUptime });
    }
    if (path === "/admin/functions" && request.method === "GET") {
      return json(200, parts.functions());
    }
    const [, name] = /^\/admin\/functions\/([^/]+)$/.exec(path) ?? [];
    if (name && request.method === "POST") {
      const started = parts.run(decodeURIComponent(name), Buffer.from(request.body).toString("utf8"));
      return empty(started ? 202 : 404);
    }
    return empty(404);
  };
}
