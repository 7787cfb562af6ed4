import { HostError } from "./host-error";

export type VersionMatch = "None" | "Strict" | "CurrentOrOlder";

/** What this host takes from host.json, with the real host's defaults. */
export type HostSettings = {
  routePrefix: string;
  hubName: string;
  defaultVersion: string | null;
  versionMatch: VersionMatch;
  versionFailure: "Reject" | "Fail";
  maxActivities: number;
  maxTurns: number;
  maximumActions: number;
  storeInputs: boolean;
  /** States in which an instance may be started over. */
  overridable: "NonRunningStates" | "AnyState";
  /** Milliseconds an invocation may take; undefined for no limit. */
  functionTimeoutMs: number | undefined;
  warnings: string[];
};

type Json = Record<string, unknown>;

const object = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

const rootKeys = new Set([
  "version",
  "functionTimeout",
  "retry",
  "functions",
  "watchDirectories",
  "watchFiles",
  "extensions",
  "logging",
  "extensionBundle",
  "concurrency",
  "telemetryMode",
  "aggregator",
  "healthMonitor",
  "singleton",
  "managedDependency",
  "customHandler",
  "sendCanceledInvocationsToWorker",
]);

const durableKeys = new Set([
  "hubName",
  "defaultVersion",
  "versionMatchStrategy",
  "versionFailureStrategy",
  "maxConcurrentActivityFunctions",
  "maxConcurrentOrchestratorFunctions",
  "maxConcurrentEntityFunctions",
  "maxEntityOperationBatchSize",
  "maxOrchestrationActions",
  "storeInputsInOrchestrationHistory",
  "overridableExistingInstanceStates",
  "storageProvider",
  "tracing",
  "notifications",
  "httpSettings",
  "localRpcEndpointEnabled",
  "useAppLease",
  "useGracefulShutdown",
  "extendedSessionsEnabled",
  "extendedSessionIdleTimeoutInSeconds",
  "entityMessageReorderWindowInMinutes",
  "rollbackEntityOperationsOnExceptions",
  "throwStatusExceptionsOnRaiseEvent",
]);

/** Reads host.json. Unknown keys are warned about; a wrong value of a known one is refused with where and what. */
export function readHostJson(
  hostJson: object | undefined,
  settings: Record<string, string | undefined>,
  cores: number,
): HostSettings {
  const root = object(hostJson);
  const extensions = object(root["extensions"]);
  const http = object(extensions["http"]);
  const durable = object(extensions["durableTask"]);
  const warnings = [
    ...unknownKeys(root, rootKeys, "host.json"),
    ...unknownKeys(durable, durableKeys, "host.json extensions.durableTask"),
  ];
  const perCore = 10 * cores;
  return {
    routePrefix: text(http, "routePrefix", "api").replace(/^\/+|\/+$/g, ""),
    hubName: resolve(
      text(durable, "hubName", settings["WEBSITE_SITE_NAME"] ?? "TestHubName"),
      settings,
      "hubName",
    ),
    defaultVersion: text(durable, "defaultVersion", "") || null,
    versionMatch: choice(durable, "versionMatchStrategy", ["CurrentOrOlder", "None", "Strict"]),
    versionFailure: choice(durable, "versionFailureStrategy", ["Reject", "Fail"]),
    maxActivities: count(durable, "maxConcurrentActivityFunctions", perCore),
    maxTurns: count(durable, "maxConcurrentOrchestratorFunctions", perCore),
    maximumActions: count(durable, "maxOrchestrationActions", 100_000),
    storeInputs: durable["storeInputsInOrchestrationHistory"] === true,
    overridable: choice(durable, "overridableExistingInstanceStates", ["NonRunningStates", "AnyState"]),
    functionTimeoutMs: timeout(root["functionTimeout"]),
    warnings,
  };
}

/** Replaces `%NAME%` by the setting of that name. Throws a HostError for a setting that doesn't exist. */
export function resolve(value: string, settings: Record<string, string | undefined>, where: string): string {
  return value.replace(/%([^%]+)%/g, (_, name: string) => {
    const found = settings[name];
    if (found === undefined) {
      throw new HostError("settings", `${where} is '${value}', but there is no setting '${name}'.`);
    }
    return found;
  });
}

function unknownKeys(found: Json, known: Set<string>, where: string): string[] {
  return Object.keys(found)
    .filter((key) => !known.has(key) && !key.startsWith("$"))
    .map((key) => `${where}: '${key}' is not known to this host and is ignored.`);
}

function text(from: Json, key: string, fallback: string): string {
  const value = from[key];
  if (value === undefined || value === null) {
    return fallback;
  }
  if (typeof value !== "string") {
    throw new HostError("settings", `host.json: '${key}' is ${JSON.stringify(value)} and must be a text.`);
  }
  return value;
}

function count(from: Json, key: string, fallback: number): number {
  const value = from[key] ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw new HostError(
      "settings",
      `host.json: '${key}' is ${JSON.stringify(value)} and must be a whole number from 1.`,
    );
  }
  return value;
}

function choice<T extends string>(from: Json, key: string, allowed: readonly [T, ...T[]]): T {
  const value = text(from, key, allowed[0]);
  const found = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (!found) {
    throw new HostError("settings", `host.json: '${key}' is '${value}' and must be ${allowed.join(", ")}.`);
  }
  return found;
}

const timeSpan = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?$/;

/** Milliseconds of `[d.]hh:mm[:ss]`; undefined for text that is not one. */
export function timeSpanMs(value: string): number | undefined {
  const [, days = "0", hours, minutes, seconds = "0"] = timeSpan.exec(value) ?? [];
  if (hours === undefined || minutes === undefined || Number(hours) > 23 || Number(minutes) > 59) {
    return undefined;
  }
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

function timeout(value: unknown): number | undefined {
  if (value === "-1" || value === -1) {
    return undefined;
  }
  if (value === undefined || value === null) {
    return 30 * 60_000;
  }
  const read = typeof value === "string" ? timeSpanMs(value) : undefined;
  if (read === undefined) {
    throw new HostError(
      "settings",
      `host.json: 'functionTimeout' is ${JSON.stringify(value)} and must be hh:mm:ss, or -1 for none.`,
    );
  }
  return read;
}
