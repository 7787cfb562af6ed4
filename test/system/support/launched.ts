import { spawn } from "node:child_process";
import { ROOT } from "./place";

export type Ended = { code: number | null; signal: NodeJS.Signals | null };

/** A process that a test has started. */
export type Launched = {
  pid: number;
  /** What it and its children have said so far. */
  output: () => string;
  ended: Promise<Ended>;
  /** All that was said; resolves when its children have let go of the output too. */
  said: Promise<string>;
  hasEnded(): boolean;
  /** To its whole process group, as a terminal sends Ctrl-C. */
  signal(signal: NodeJS.Signals): Promise<Ended>;
};

/** Starts a built file under the Node that runs the tests: npm puts the right one first on the path. */
export function launch(file: string, args: string[], env: Record<string, string>): Launched {
  return launchCommand(process.execPath, [`${ROOT}/dist/${file}`, ...args], env);
}

/** Starts a command in the repository's folder and in a process group of its own. */
export function launchCommand(command: string, args: string[], env: Record<string, string>): Launched {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let over = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const said = new Promise<string>((resolve) => child.once("close", () => resolve(output)));
  const ended = new Promise<Ended>((resolve) =>
    child.once("exit", (code, signal) => {
      over = true;
      resolve({ code, signal });
    }),
  );
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    said,
    hasEnded: () => over,
    async signal(signal) {
      if (!over && child.pid !== undefined) process.kill(-child.pid, signal);
      return ended;
    },
  };
}
