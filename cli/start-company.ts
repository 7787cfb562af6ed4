import { fork } from "node:child_process";
import { join } from "node:path";

export type RunningCompany = { stop(): Promise<void>; gone(then: () => void): void };

const STOP_MS = 6_000;

/** The sandbox as a process of its own: the company must not fall with Switchover's process, nor be judged from inside it. */
export async function startCompany(options: {
  config: string;
  state: string;
  port: number;
}): Promise<RunningCompany> {
  const file = join(__dirname, "../sandbox/main.js");
  const child = fork(
    file,
    ["--config", options.config, "--state", options.state, "--port", String(options.port)],
    {
      // Ctrl-C on a terminal reaches every process of the group: the company is stopped by us, after the engine.
      detached: true,
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () =>
      reject(new Error("The sandbox company could not be started; the reason is in the line above.")),
    );
  });
  return {
    gone: (then) => void exited.then(then),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await exited;
      clearTimeout(late);
    },
  };
}
