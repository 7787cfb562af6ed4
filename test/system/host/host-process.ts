import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until as poll } from "../../support/until";

const root = join(__dirname, "../../..");
const apps = join(root, "test/host/apps");

/** A host in a process of its own, from the built files. */
export type HostProcess = {
  child: ChildProcess;
  url: string;
  output: () => string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

const running = new Set<ChildProcess>();
const directories: string[] = [];

export function newState(): string {
  const directory = mkdtempSync(join(tmpdir(), "host-process-"));
  directories.push(directory);
  return directory;
}

export const notes = (state: string): string[] => {
  try {
    return readFileSync(join(state, "notes"), "utf8").split("\n").filter(Boolean);
  } catch {
    return [];
  }
};

/** Polls until a condition holds; throws with `what` after a generous while. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  await poll(what, holds, { within: 40_000, every: 10 });
}

/** The app is one of the tests'; by default the one that kills are tried on. */
export type LaunchOptions = { app?: string; args?: string[]; cwd?: string };

export function launch(
  state: string,
  options: LaunchOptions = {},
): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
  const args = ["--port", "0", "--state", state, ...(options.args ?? [])];
  const child = spawn(process.execPath, [join(root, "dist/host/main.js"), ...args], {
    cwd: options.cwd ?? join(apps, options.app ?? "live"),
    env: { ...process.env, NOTES: join(state, "notes") },
  });
  running.add(child);
  let output = "";
  const collect = (data: Buffer) => {
    output += data.toString();
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const ended = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return { child, output: () => output, ended };
}

/** Starts a host and waits until it listens. */
export async function startProcess(state: string, options: LaunchOptions = {}): Promise<HostProcess> {
  const { child, output, ended } = launch(state, options);
  const listening = () => /Listening on (http:\/\/[\d.]+:\d+)/.exec(output())?.[1];
  await until(`a host that listens; it says: ${output()}`, () => {
    if (child.exitCode !== null) {
      throw new Error(`The host ended: ${output()}`);
    }
    return listening() !== undefined;
  });
  return {
    child,
    url: listening() ?? "",
    output,
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** The key of the management API, read out of a link: it starts the instance `key-probe`. */
export const masterKey = async (host: HostProcess): Promise<string> => {
  const response = await fetch(`${host.url}/api/start/steps/key-probe`, { method: "POST" });
  const links = (await response.json()) as { statusQueryGetUri: string };
  return new URL(links.statusQueryGetUri).searchParams.get("code") ?? "";
};

export async function statuses(
  host: HostProcess,
  key: string,
  prefix = "",
): Promise<{ instanceId: string; runtimeStatus: string; output: unknown }[]> {
  const url = `${host.url}/runtime/webhooks/durabletask/instances?top=500&instanceIdPrefix=${prefix}&code=${encodeURIComponent(key)}`;
  return (await (await fetch(url)).json()) as Awaited<ReturnType<typeof statuses>>;
}

export function disposeProcesses(): void {
  for (const child of running) {
    child.kill("SIGKILL");
  }
  for (const directory of directories.splice(0)) {
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
