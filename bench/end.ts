import type { ChildProcess } from "node:child_process";
import { DEADLINE_MS } from "./deadline";

/** Ends a process and waits until it is gone. One that does not go is killed, and that is an error. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, ms = DEADLINE_MS): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, ms);
  await new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
  clearTimeout(timer);
  if (late)
    throw new Error(`Process ${child.pid} did not end within ${ms / 1_000} s of ${signal}; it was killed.`);
}
