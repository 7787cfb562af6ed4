import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { App } from "./app/app";
import { loadApp } from "./app/load-app";
import { loadTheRest } from "./app/load-later";
import { type Host, openHost } from "./host";
import { HostError } from "./host-error";
import type { HostileOptions } from "./hostile/hostile";
import type { LogSink } from "./log";
import { readLocalFiles } from "./local-files";
import { type ReplayReport, replayHistories } from "./replay-check";

/** How long after the start the modules are loaded that were put off, if nobody has wanted them. Milliseconds. */
const unhurriedMs = 2000;

export type RunOptions = {
  /** The app's folder; the current one by default. */
  directory?: string;
  /** By default PORT of the environment, else 7071; 0 for any free one. */
  port?: number;
  address?: string;
  /** The folder of the state; by default SWITCHOVER_STATE of the environment, else `.switchover` in the app's folder. */
  stateDirectory?: string;
  log?: LogSink;
  /** Programs of this machine need no key for the management API. Never behind a proxy: what it passes on looks local. */
  openManagement?: boolean;
  hostile?: HostileOptions;
};

export type RunningHost = {
  host: Host;
  app: App;
  stateFile: string;
  /** Stops gracefully: requests in flight may end, then activities have 10 s. */
  stop(): Promise<void>;
};

/**
 * Loads the app of a folder and runs it, live, with its host.json and local.settings.json. Sets what the real host
 * sets in the environment. Throws a HostError, one sentence for people, when anything keeps it from running.
 */
export async function runHost(options: RunOptions = {}): Promise<RunningHost> {
  const port = options.port ?? portOf(process.env["PORT"]);
  const { app, hostJson, stateFile } = await loadFolder(options, port);
  const host = await openHost({
    app,
    stateFile,
    hostJson,
    port,
    mode: "live",
    verify: true,
    ...(options.address === undefined ? {} : { address: options.address }),
    ...(options.hostile === undefined ? {} : { hostile: options.hostile }),
    openManagement: options.openManagement === true && isLoopback(options.address ?? "127.0.0.1"),
    ...(options.log ? { log: options.log } : {}),
    onListening(actual) {
      process.env["WEBSITE_HOSTNAME"] = `localhost:${actual}`;
    },
  });
  setTimeout(loadTheRest, unhurriedMs).unref();
  return { host, app, stateFile, stop: () => host.close() };
}

const isLoopback = (address: string): boolean => /^(127\.|::1$|localhost$)/.test(address);

/** Holds the histories in a state folder against the app of a folder. Throws a HostError as `runHost` does. */
export async function replayStored(options: RunOptions): Promise<ReplayReport> {
  const { app, hostJson, stateFile } = await loadFolder(options, 0);
  if (!existsSync(stateFile)) {
    throw new HostError("state-unusable", `There is no state file ${stateFile}: nothing to replay.`);
  }
  return replayHistories({ app, hostJson, stateFile });
}

/** Puts the settings of an app's folder into the environment, and loads the app. */
async function loadFolder(
  options: RunOptions,
  port: number,
): Promise<{ app: App; hostJson: object; stateFile: string }> {
  const directory = resolve(options.directory ?? process.cwd());
  const { hostJson, values } = readLocalFiles(directory);
  for (const [name, value] of Object.entries(values)) {
    process.env[name] ??= value;
  }
  process.env["FUNCTIONS_WORKER_RUNTIME"] = "node";
  process.env["WEBSITE_HOSTNAME"] = `localhost:${port}`;
  const app = await loadApp({ directory });
  const [problem] = app.problems;
  if (problem) {
    throw new HostError(
      "app-broken",
      `The app can't be loaded: ${problem.file}: ${problem.error} ${problem.hint}`,
    );
  }
  const stateDirectory = options.stateDirectory ?? process.env["SWITCHOVER_STATE"] ?? ".switchover";
  return { app, hostJson, stateFile: resolve(directory, stateDirectory, "host.db") };
}

function portOf(text: string | undefined): number {
  if (text === undefined || text === "") {
    return 7071;
  }
  return readPort(text, "PORT");
}

/** Throws a HostError for text that is no port. */
export function readPort(text: string, where: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new HostError("settings", `${where} is '${text}' and must be a port, 0 to 65535.`);
  }
  return port;
}
