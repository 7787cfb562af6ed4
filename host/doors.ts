import { randomBytes } from "node:crypto";
import type { Engine } from "./durable/engine";
import type { FunctionDescription } from "./functions-list";
import { createAdminApi } from "./http/admin";
import { type Keys, readKeys } from "./http/keys";
import { createPipeline, decodedSegments, type Pipeline } from "./http/pipeline";
import { readRoutes, type Route } from "./http/router";
import { type Listener, listen } from "./http/server";
import { managementApi } from "./management/api";
import { clientPayload } from "./management/urls";
import type { TimerTrigger } from "./timers/timer-trigger";

/** Every way into the host: the HTTP listener, and the endpoint of the durable client. */
export type Doors = {
  url: string | undefined;
  rpcBaseUrl: string;
  pipeline: Pipeline;
  routes: Route[];
  keys: Keys;
  problems: string[];
  clientPayload(): string;
  close(graceMs: number): Promise<void>;
  /** Later than the rest: activities that still run may call the durable client. */
  closeRpc(): Promise<void>;
  abandon(): void;
};

type Options = {
  live: boolean;
  port: number;
  address: string;
  functions(): FunctionDescription[];
  wake(): void;
  timers: TimerTrigger[];
  openManagement: boolean;
  onListening: ((port: number) => void) | undefined;
};

/** An address that a page in somebody's browser can't guess: whoever reaches it needs no key. */
const secretPath = () => `/durabletask/${randomBytes(16).toString("hex")}/`;

export async function openDoors(
  engine: Engine,
  settings: Record<string, string | undefined>,
  options: Options,
): Promise<Doors> {
  const { routes, problems } = readRoutes(engine.app, engine.settings.routePrefix);
  const keys = readKeys(engine.db, engine.committer, engine.app.functions);
  const addresses = { origin: "", hubName: engine.settings.hubName, systemKey: keys.system, rpcBaseUrl: "" };
  let payload = "";
  const management = managementApi(engine, () => addresses);
  const pipeline = createPipeline({
    app: engine.app,
    routes,
    keys,
    management,
    admin: createAdminApi({
      startedAt: engine.clock.now(),
      now: () => engine.clock.now(),
      functions: () => options.functions(),
      run: (name) => runNow(engine, options, name),
    }),
    isDisabled: (name) => /^(true|1)$/i.test(settings[`AzureWebJobs.${name}.Disabled`] ?? ""),
    openManagement: options.openManagement,
    clientPayload: () => payload,
    log: engine.log,
  });
  const { address, port } = options;
  const http = options.live
    ? await listen({ port, address, handle: pipeline, readsChunked: false })
    : undefined;
  const rpcPath = secretPath();
  const rpc = await openRpc(management, rpcPath).catch((error: unknown) => {
    http?.abandon();
    throw error;
  });
  addresses.origin = origin(settings, http);
  if (http) {
    options.onListening?.(http.port);
  }
  addresses.rpcBaseUrl = `http://127.0.0.1:${rpc.port}${rpcPath}`;
  payload = clientPayload(addresses);
  return {
    url: http && `http://${address.includes(":") ? `[${address}]` : address}:${http.port}`,
    rpcBaseUrl: addresses.rpcBaseUrl,
    pipeline,
    routes,
    keys,
    problems,
    clientPayload: () => payload,
    close: async (graceMs) => http?.close(graceMs),
    closeRpc: () => rpc.close(0),
    abandon() {
      http?.abandon();
      rpc.abandon();
    },
  };
}

/** The durable client's endpoint: the same API without keys, reachable from this machine only. */
function openRpc(management: ReturnType<typeof managementApi>, rpcPath: string): Promise<Listener> {
  return listen({
    port: 0,
    address: "127.0.0.1",
    readsChunked: true,
    async handle(request) {
      const { pathname } = request.url;
      return pathname.startsWith(rpcPath)
        ? management(decodedSegments(pathname.slice(rpcPath.length)), request)
        : { status: 404, headers: [] };
    },
  });
}

/** What links to this host begin with: plain http on this machine only, as on Azure. */
function origin(settings: Record<string, string | undefined>, http: Listener | undefined): string {
  const own = `localhost:${http?.port ?? 7071}`;
  const name = (settings["WEBSITE_HOSTNAME"] || own).replace(/^localhost:0$/, own);
  return `${name.startsWith("localhost:") ? "http" : "https"}://${name}`;
}

/** Makes a timer trigger due at once. */
function runNow(engine: Engine, options: Options, name: string): boolean {
  const timer = options.timers.find(({ fn }) => fn.name.toLowerCase() === name.toLowerCase());
  if (!timer) {
    return false;
  }
  timer.next = engine.clock.now();
  options.wake();
  return true;
}
