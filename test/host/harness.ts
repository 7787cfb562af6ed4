import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type App,
  collectApp,
  EventType,
  type HistoryEvent,
  type Host,
  type HostOptions,
  type LogEntry,
  openHost,
} from "../../host/index";

/** The payload of one call of an orchestrator. */
export type OrchestratorCall = {
  history: HistoryEvent[];
  input: unknown;
  instanceId: string;
  isReplaying: boolean;
  parentInstanceId: string | null;
};

type Workflows = { register(): void; runs: Map<string, number>; turns: OrchestratorCall[] };

const workflows = require("./apps/workflows") as Workflows;

/** How often each activity of the test app ran. */
export const { runs } = workflows;

/** Every call of an orchestrator of the test app so far. */
export const { turns } = workflows;

let collected: Promise<App> | undefined;

/** The test app, collected once: a host that restarts takes the same one. */
export function workflowApp(): Promise<App> {
  collected ??= collectApp(() => workflows.register());
  return collected;
}

/** A clock that stands still unless moved. Milliseconds. */
export function manualClock(start = Date.parse("2026-11-23T02:00:00Z")) {
  let now = start;
  return {
    now: () => now,
    set(value: number) {
      now = value;
    },
    advance(milliseconds: number) {
      now += milliseconds;
    },
  };
}

export type Rig = {
  host: Host;
  clock: ReturnType<typeof manualClock>;
  log: LogEntry[];
  stateFile: string;
  /** Opens the host again on the same state, after close() or abandon(). */
  reopen: (options?: Partial<HostOptions>) => Promise<Host>;
  start: (name: string, id: string, input?: unknown) => Promise<Response>;
  client: (operation: string, id: string, query?: Record<string, string>) => Promise<unknown>;
};

const rigs: { host: Host; directory: string }[] = [];

/** A manual host of the test app on a state file of its own. `disposeRigs` ends them all. */
export async function rig(options: Partial<HostOptions> = {}): Promise<Rig> {
  const directory = mkdtempSync(join(tmpdir(), "host-test-"));
  const stateFile = join(directory, "host.db");
  const clock = manualClock();
  const log: LogEntry[] = [];
  const app = options.app ?? (await workflowApp());
  const open = (more: Partial<HostOptions> = {}) =>
    openHost({ stateFile, clock, mode: "manual", log: (entry) => log.push(entry), ...options, ...more, app });
  const kept = { host: await open(), directory };
  rigs.push(kept);
  return {
    get host() {
      return kept.host;
    },
    clock,
    log,
    stateFile,
    async reopen(more) {
      kept.host = await open(more);
      return kept.host;
    },
    start(name, id, input) {
      const body = input === undefined ? null : JSON.stringify(input);
      return kept.host.fetch(
        new Request(`http://localhost/api/start/${name}/${id}`, { method: "POST", body }),
      );
    },
    async client(operation, id, query = {}) {
      const url = `http://localhost/api/client/${operation}/${id}?${new URLSearchParams(query)}`;
      return (await kept.host.fetch(new Request(url))).json();
    },
  };
}

export function disposeRigs(): void {
  for (const { host, directory } of rigs.splice(0)) {
    host.abandon();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Moves the clock to whatever is due next until nothing is left. */
export async function runToEnd({ host, clock }: Pick<Rig, "host" | "clock">): Promise<void> {
  await host.runUntilIdle();
  for (let due = host.nextDueAt(); due !== undefined; due = host.nextDueAt()) {
    clock.set(due);
    await host.runUntilIdle();
  }
}

/** A history in short: `12 0 4:0(sayHello) 13 12 5>0 ...`, each event with its own number and what it answers. */
export function shape(host: Host, id: string): string {
  return host
    .history(id)
    .map((event) => {
      const own =
        event.EventId >= 0 && event.EventType !== EventType.ExecutionCompleted ? `:${event.EventId}` : "";
      const answered = event.TaskScheduledId ?? event.TimerId;
      const name = event.Name === undefined ? "" : `(${event.Name})`;
      return `${event.EventType}${own}${answered === undefined ? "" : `>${answered}`}${name}`;
    })
    .join(" ");
}
