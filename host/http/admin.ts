import { hostVersion } from "../core-module";
import { empty, type HostRequest, type HostResponse, json } from "./exchange";
import type { KeyLevel } from "./keys";

/** The few endpoints of the host's own that are worth having: is it up, what does it hold, run one function now. */
export type AdminApi = (path: string, request: HostRequest, level: KeyLevel) => Promise<HostResponse>;

export type AdminParts = {
  startedAt: number;
  now(): number;
  functions(): { name: string }[];
  /** Makes a timer trigger due now; false when there is none of that name. */
  run(name: string): boolean;
};

export const isAdminPath = (path: string): boolean => path === "/admin" || path.startsWith("/admin/");

export function createAdminApi(parts: AdminParts): AdminApi {
  return async (path, request, level) => {
    if (path === "/admin/host/ping" || path === "/admin/warmup") {
      return request.method === "GET" || request.method === "POST" ? empty(200) : empty(404);
    }
    const [, name] = /^\/admin\/functions\/([^/]+)$/.exec(path) ?? [];
    const status = path === "/admin/host/status" && request.method === "GET";
    const list = path === "/admin/functions" && request.method === "GET";
    const run = name !== undefined && request.method === "POST";
    if (!status && !list && !run) {
      return empty(404);
    }
    if (level !== "admin") {
      return empty(level === "function" && status ? 403 : 401);
    }
    if (status) {
      const processUptime = parts.now() - parts.startedAt;
      return json(200, { id: "embedded", state: "Running", version: hostVersion, processUptime });
    }
    if (list) {
      return json(200, parts.functions());
    }
    return empty(parts.run(decodeURIComponent(name ?? "")) ? 202 : 404);
  };
}
