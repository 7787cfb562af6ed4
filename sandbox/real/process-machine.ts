import type { ChildProcess } from "node:child_process";
import type { Condition } from "../condition";
import type { Register } from "./leftovers";

/** A part that is a process of its own. Refused is killed; dropped and hung is stopped: the kernel still takes connections. */
export type ProcessMachine = {
  apply(condition: Condition): Promise<void>;
  stop(): Promise<void>;
  pid(): number | null;
};

export type ProcessStart = {
  name: string;
  register: Register;
  say: (line: string) => void;
  start: (condition: Condition) => ChildProcess;
  /** Resolves when it serves. */
  ready: (child: ChildProcess) => Promise<void>;
  tell?: (child: ChildProcess, condition: Condition) => void;
  /** It was killed by a fault: what it knew is lost. */
  died?: () => void;
};

export function processMachine({
  name,
  register,
  say,
  start,
  ready,
  tell,
  died,
}: ProcessStart): ProcessMachine {
  let child: ChildProcess | undefined;
  let standsStill = false;

  async function begin(condition: Condition): Promise<void> {
    const made = start(condition);
    child = made;
    standsStill = false;
    if (made.pid !== undefined) register.add(made.pid);
    made.once("exit", (code, signal) => {
      if (made.pid !== undefined) register.remove(made.pid);
      if (child !== made) return;
      child = undefined;
      say(
        `${name} ended by itself (${signal ?? `exit code ${code}`}); healing a fault of it, or a reset, starts it again.`,
      );
      died?.();
    });
    await ready(made);
  }

  async function kill(): Promise<void> {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill("SIGKILL");
    await ended;
  }

  function still(wanted: boolean): void {
    if (wanted === standsStill) return;
    child?.kill(wanted ? "SIGSTOP" : "SIGCONT");
    standsStill = wanted;
  }

  return {
    async apply(condition) {
      if (condition.net === "refused") {
        const was = child;
        await kill();
        if (was !== undefined) died?.();
        return;
      }
      if (child === undefined) await begin(condition);
      if (child !== undefined) tell?.(child, condition);
      still(condition.net !== "open");
    },
    stop: kill,
    pid: () => child?.pid ?? null,
  };
}
