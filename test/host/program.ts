import { type App, collectApp, type HostOptions } from "../../host/index";
import { type Rig, rig } from "./harness";

/** A random orchestration: what `programs.js` carries out. */
export type Step =
  | { kind: "activity"; n: number }
  | { kind: "fanOut"; ns: number[] }
  | { kind: "timer"; seconds: number }
  | { kind: "race"; won: boolean; seconds: number }
  | { kind: "child"; steps: Step[]; throws: boolean }
  | { kind: "failure" }
  | { kind: "retry"; attempts: number }
  | { kind: "early"; name: string };
export type Program = { steps: Step[]; throws: boolean };

const programs = require("./apps/programs") as { register(): void; runs: Map<string, number> };

export const { runs } = programs;

let collected: Promise<App> | undefined;

export async function programRig(options: Partial<HostOptions> = {}): Promise<Rig> {
  collected ??= collectApp(() => programs.register());
  return rig({ app: await collected, ...options });
}

export const rootId = "root";

/** What the outside has done: it remembers what was accepted, and sends again what was not. */
export type Outside = { raised: Set<string>; sending: string; moves: number };

async function post(here: Rig, path: string, body: unknown): Promise<void> {
  const request = new Request(`http://localhost/api/${path}`, { method: "POST", body: JSON.stringify(body) });
  const { status } = await here.host.fetch(request);
  if (status >= 300) {
    throw new Error(`${path} was answered ${status}.`);
  }
}

const early = (program: Program): string[] =>
  program.steps.flatMap((step) => (step.kind === "early" ? [step.name] : []));

async function raise(here: Rig, outside: Outside, id: string, name: string): Promise<boolean> {
  const key = `${id}/${name}`;
  if (outside.raised.has(key)) {
    return false;
  }
  outside.sending = key;
  await post(here, `raise/${id}/${name}`, null);
  outside.raised.add(key);
  return true;
}

/** Does the next thing that a program needs: a start, an event, a unit of work, time. False when it is over. */
export async function advance(here: Rig, program: Program, outside: Outside): Promise<boolean> {
  outside.moves += 1;
  if (outside.moves > 2000) {
    throw new Error(`No end in sight: ${JSON.stringify(here.host.instances())}`);
  }
  const root = here.host.status(rootId);
  if (!root) {
    await post(here, `start/program/${rootId}`, program);
    return true;
  }
  const running = root.runtimeStatus === "Running" || root.runtimeStatus === "Pending";
  for (const name of running ? early(program) : []) {
    if (await raise(here, outside, rootId, name)) {
      return true;
    }
  }
  if (await here.host.step()) {
    return true;
  }
  if (!running) {
    return false;
  }
  for (const { instanceId, runtimeStatus, customStatus } of here.host.instances()) {
    const name = (customStatus as { raise?: string | null } | null)?.raise;
    if (runtimeStatus === "Running" && name && (await raise(here, outside, instanceId, name))) {
      return true;
    }
  }
  const due = here.host.nextDueAt();
  if (due === undefined) {
    throw new Error(`Stuck: ${JSON.stringify(here.host.instances())}`);
  }
  here.clock.set(due);
  return true;
}

/** What must be the same however a program was run. */
export function outcome({ host }: Rig): object {
  return host
    .instances()
    .map(({ instanceId, runtimeStatus, output }) => ({ instanceId, runtimeStatus, output }))
    .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1));
}
