import type { ChildProcess } from "node:child_process";
import { ROUND_MS } from "./deadline";
import type { Figures } from "./phases";

/** What a round's process tells before it ends. Rejects when it fails, or does not end: a figure of a failed run is none. */
export function figuresOf(child: ChildProcess, what: string, ms = ROUND_MS): Promise<Figures> {
  return new Promise((resolve, reject) => {
    let figures: Figures | undefined;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, ms);
    child.once("message", (message: Figures) => {
      figures = message;
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      if (late) reject(new Error(`${what} did not end within ${ms / 1_000} s; it was killed.`));
      else if (figures && code === 0) resolve(figures);
      else reject(new Error(`${what} ended with ${code ?? signal} and without figures.`));
    });
  });
}
