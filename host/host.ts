import { availableParallelism } from "node:os";
import type { App } from "./app/app";
import { registry } from "./app/registry";
import { type HostClock, neverBackwards } from "./clock";
import { Dispatcher, type Unit } from "./dispatcher";
import type { Engine } from "./durable/engine";
import { Endings } from "./durable/endings";
import { failInstance } from "./durable/fail-instance";
import type { HistoryEvent } from "./durable/history";
import { Results } from "./durable/results";
import { HistoryCache } from "./durable/history-cache";
import { type Hostile, type HostileOptions, readHostile } from "./hostile/hostile";
import { describeFunctions, type FunctionDescription } from "./functions-list";
import { HostError } from "./host-error";
import { type HostSettings, readHostJson } from "./host-json";
import { fromFetch, toFetch } from "./http/fetch";
import type { Keys } from "./http/keys";
import { type Doors, openDoors } from "./doors";
import { type LogSink, silent } from "./log";
import { type InstanceStatus, statusOf } from "./management/status";
import { Committer, type CommitHook } from "./store/committer";
import { type Database, openDatabase } from "./store/database";
import { readHistory } from "./store/history-rows";
import { findInstance, listInstances } from "./store/instances";
import { setUpTimers } from "./timers/timer-trigger";
import { nameUnfinished } from "./name-unfinished";

export type HostOptions = {
  app: App;
  /** The SQLite file with the whole state; made when missing. */
  stateFile: string;
  /** The content of host.json. */
  hostJson?: object;
  /** App settings on top of the environment. */
  settings?: Record<string, string>;
  clock?: HostClock;
  /** "live": real timers and sockets. "manual": nothing moves unless told. */
  mode?: "live" | "manual";
  /** Of the HTTP listener, which only a live host has; 0 for any. */
  port?: number;
  address?: string;
  log?: LogSink;
  /** A test's hook before and after each commit; a throw simulates a crash at that point. */
  onCommit?: CommitHook;
  /**
   * Azure at its worst, from a seed: what is in flight fails, comes late or twice, timers are early, events in any order.
   * A `Hostile` made before goes on where it was, as a host that restarts needs it.
   */
  hostile?: Hostile | HostileOptions;
  /** The management API asks no key of programs on this machine; a page in a browser still needs it. Off by default. */
  openManagement?: boolean;
  /** Reads the whole state file for damage first. */
  verify?: boolean;
  /** Told the port of the HTTP listener before anything runs. */
  onListening?: (port: number) => void;
};

export type Host = {
  /** Of the HTTP listener; undefined in manual mode. */
  url: string | undefined;
  rpcBaseUrl: string;
  /** Runs the HTTP pipeline without a socket. */
  fetch(request: Request): Promise<Response>;
  /** Manual mode: runs exactly one due unit to its commit; undefined when nothing is due now. */
  step(): Promise<Unit | undefined>;
  /** Manual mode: steps until nothing is due at the clock's time. */
  runUntilIdle(): Promise<void>;
  /** Manual mode: the earliest instant, in milliseconds, at which something becomes due. */
  nextDueAt(): number | undefined;
  status(instanceId: string): InstanceStatus | undefined;
  instances(): InstanceStatus[];
  /** The events as an orchestrator sees them; empty for an unknown instance. */
  history(instanceId: string): HistoryEvent[];
  /** Fails an instance for good, as the platform does when a worker dies during its turn. */
  failInstance(instanceId: string, reason: string): void;
  /** What a hostile host has done so far, a line each. */
  hostileLog(): readonly string[];
  functions(): FunctionDescription[];
  keys(): Keys;
  /** Stops gracefully: requests in flight get 30 s, then activities 10 s. */
  close(): Promise<void>;
  /** As `kill -9`: drops everything in memory at once and lets go of the file. */
  abandon(): void;
};

/** Milliseconds that requests, then activities, get to end on a graceful stop; as the real host gives them. */
const grace = { requests: 30_000, activities: 10_000 };

/**
 * Opens a host on its state file. Throws a HostError, whose message is one sentence for people, when the state is
 * locked, damaged or read-only, when the port is taken, or when host.json is wrong.
 */
export async function openHost(options: HostOptions): Promise<Host> {
  const log = options.log ?? silent;
  const settings = { ...process.env, ...options.settings };
  const hostSettings = readHostJson(options.hostJson, settings, availableParallelism());
  for (const message of hostSettings.warnings) {
    log({ level: "warning", category: "host", message });
  }
  const db = openDatabase(options.stateFile, { verify: options.verify === true });
  try {
    return await start(options, settings, hostSettings, db, log);
  } catch (error) {
    db.close();
    throw error;
  }
}

async function start(
  options: HostOptions,
  settings: Record<string, string | undefined>,
  hostSettings: HostSettings,
  db: Database,
  log: LogSink,
): Promise<Host> {
  const live = options.mode !== "manual";
  const running: { dispatcher?: Dispatcher; doors?: Doors } = {};
  const endings = new Endings();
  const committer = new Committer(db, {
    grouped: live,
    hook: options.onCommit ?? (() => {}),
    committed(changes) {
      running.dispatcher?.committed(changes);
      endings.tell(changes.ended);
    },
  });
  const engine: Engine = {
    app: options.app,
    db,
    committer,
    settings: hostSettings,
    clock: neverBackwards(options.clock ?? Date),
    log,
    cache: new HistoryCache(),
    endings,
    results: live && !options.hostile ? new Results() : undefined,
    hostile: readHostile(options.hostile),
    clientPayload: () => running.doors?.clientPayload() ?? "",
  };
  registry().log = (level, category, message) => log({ level, category, message });
  const { timers, problems } = setUpTimers(engine, settings);
  const dispatcher = new Dispatcher(engine, timers, live);
  running.dispatcher = dispatcher;
  nameUnfinished(engine, dispatcher.unfinished);
  const doors = await openDoors(engine, settings, {
    live,
    port: options.port ?? 0,
    address: options.address ?? "127.0.0.1",
    functions: () => describeFunctions(options.app, doors.routes, timers),
    wake: () => dispatcher.wake(),
    timers,
    openManagement: options.openManagement === true,
    onListening: options.onListening,
  });
  running.doors = doors;
  const refused = options.app.refused.map(({ reason }) => reason);
  for (const message of [...refused, ...problems, ...doors.problems]) {
    log({ level: "error", category: "host", message });
  }
  dispatcher.wake();
  return assemble(options.app, engine, dispatcher, doors, () =>
    describeFunctions(options.app, doors.routes, timers),
  );
}

function assemble(
  app: App,
  engine: Engine,
  dispatcher: Dispatcher,
  doors: Doors,
  functions: () => FunctionDescription[],
): Host {
  const { db, committer } = engine;
  const stopped = new HostError("closed", "The host has stopped.");
  let ended = false;
  const end = (): void => {
    ended = true;
    committer.kill(stopped);
    db.close();
  };
  const show = (id: string): InstanceStatus | undefined => {
    const instance = findInstance(db, id);
    return instance && statusOf(instance, { showInput: true });
  };
  return {
    url: doors.url,
    rpcBaseUrl: doors.rpcBaseUrl,
    async fetch(request) {
      const answer = await doors.pipeline(await fromFetch(request));
      if (committer.dead !== undefined) {
        throw committer.dead;
      }
      return toFetch(answer, request.method);
    },
    step: () => dispatcher.step(),
    async runUntilIdle() {
      while (await dispatcher.step()) {
        // Each step is a unit of its own; the next one may be what it made due.
      }
    },
    nextDueAt: () => dispatcher.nextDue(),
    status: show,
    instances: () => listInstances(db).map((instance) => statusOf(instance, { showInput: true })),
    history(id) {
      const instance = findInstance(db, id);
      return instance ? readHistory(db, instance.n) : [];
    },
    failInstance: (id, reason) => failInstance(engine, id, reason),
    hostileLog: () => engine.hostile?.deeds ?? [],
    functions,
    keys: () => doors.keys,
    async close() {
      if (ended) {
        return;
      }
      await doors.close(grace.requests);
      dispatcher.stop();
      await dispatcher.settle(grace.activities);
      await terminateApp(app);
      if (!ended) {
        end();
        await doors.closeRpc();
      }
    },
    abandon() {
      if (!ended) {
        dispatcher.stop();
        doors.abandon();
        end();
      }
    },
  };
}

async function terminateApp(app: App): Promise<void> {
  const { hookData, appHookData } = app;
  for (const hook of app.hooks.appTerminate) {
    await hook({ hookData, appHookData });
  }
}
