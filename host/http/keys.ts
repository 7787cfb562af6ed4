import { randomBytes, timingSafeEqual } from "node:crypto";
import type { AppFunction } from "../app/app";
import type { Committer } from "../store/committer";
import type { Database } from "../store/database";
import type { HostRequest } from "./exchange";

/** What a key opens. A system key opens the host's own APIs, and no function. */
export type KeyLevel = "anonymous" | "function" | "system" | "admin";

export type Keys = {
  /** Opens everything. */
  master: string;
  /** Opens the management API of the orchestrations. */
  system: string;
  /** Opens every function of level "function". */
  host: string;
  /** By the function's name in lower case: opens that function only. */
  functions: Record<string, string>;
};

const master = ["host", "master"] as const;
const system = ["systemkeys", "durabletask_extension"] as const;
const host = ["functionkeys", "default"] as const;
const ofFunction = (name: string) => ["function", name.toLowerCase()] as const;

/** Reads the keys; the missing ones are made once, and kept in the state. */
export function readKeys(db: Database, committer: Committer, functions: AppFunction[]): Keys {
  const guarded = functions.filter((fn) => fn.kind === "http" && fn.trigger["authLevel"] === "function");
  const wanted = [master, system, host, ...guarded.map((fn) => ofFunction(fn.name))];
  const stored = new Map<string, string>();
  for (const row of db.all("SELECT scope, name, value FROM keys")) {
    stored.set(`${row["scope"]}/${row["name"]}`, String(row["value"]));
  }
  const missing = wanted.filter((key) => !stored.has(key.join("/")));
  if (missing.length > 0) {
    committer.commitNow("keys", () => {
      for (const [scope, name] of missing) {
        const value = randomBytes(40).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
        db.run("INSERT INTO keys (scope, name, value) VALUES (?, ?, ?)", scope, name, value);
        stored.set(`${scope}/${name}`, value);
      }
    });
  }
  const read = (key: readonly [string, string]) => stored.get(key.join("/")) ?? "";
  return {
    master: read(master),
    system: read(system),
    host: read(host),
    functions: Object.fromEntries(guarded.map((fn) => [fn.name.toLowerCase(), read(ofFunction(fn.name))])),
  };
}

/** The level of the key in a request's header, or else in its query. */
export function levelOf(keys: Keys, request: HostRequest, fn?: AppFunction): KeyLevel {
  const given = request.headers["x-functions-key"] ?? request.url.searchParams.get("code");
  if (!given) {
    return "anonymous";
  }
  if (same(given, keys.master)) {
    return "admin";
  }
  if (same(given, keys.system)) {
    return "system";
  }
  const own = fn ? keys.functions[fn.name.toLowerCase()] : undefined;
  return same(given, keys.host) || same(given, own) ? "function" : "anonymous";
}

function same(given: string, key: string | undefined): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(key ?? "");
  return a.length === b.length && b.length > 0 && timingSafeEqual(a, b);
}

/** Whether a key of this level may call the function. */
export function mayCall(level: KeyLevel, fn: AppFunction): boolean {
  switch (fn.trigger["authLevel"]) {
    case "function":
      return level === "function" || level === "admin";
    case "admin":
      return level === "admin";
    default:
      return true;
  }
}
