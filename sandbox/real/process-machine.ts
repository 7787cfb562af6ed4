import type { ChildProcess } from "node:child_process";
import type { Condition } from "../condition";
import type { Register } from "./leftovers";

/** A part that is a process of its own. Refused is killed; dropped and hung is stopped: the kernel still takes connections. */
export type ProcessMachine = {
  apply(condition: Condition): Promise<void>;
  stop(): Promise<void>;
  /** One that ended by itself stays dead, as on a real machine, until its condition changes or somebody revives it. */
  revive(): void;
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
  /** What it is started with. When that changes while it runs, it ends and another begins. */
  configuration?: (condition: Condition) => string;
  /** It was killed by a fault: what it knew is lost. */
  died?: () => void;
};

export function processMachine(spec: ProcessStart): ProcessMachine {
  const life: Life = {
    child: undefined,
    standsStill: false,
    net: "open",
    endedAs: undefined,
    configuration: undefined,
  };
  return {
    async apply(condition) {
      life.net = condition.net;
      if (condition.net === "refused") {
        life.endedAs = undefined;
        await kill(life);
        spec.died?.();
        return;
      }
      const configuration = spec.configuration?.(condition);
      if (life.child !== undefined && life.configuration !== configuration) {
        await kill(life);
        spec.died?.();
      }
      life.configuration = configuration;
      if (life.child === undefined && life.endedAs === condition.net) return;
      life.endedAs = undefined;
      if (life.child === undefined) await begin(life, spec, condition);
      if (life.child !== undefined) spec.tell?.(life.child, condition);
      standStill(life, condition.net !== "open");
    },
    stop: () => kill(life),
    revive: () => (life.endedAs = undefined),
    pid: () => life.child?.pid ?? null,
  };
}

type Life = {
  child: ChildProcess | undefined;
  standsStill: boolean;
  net: Condition["net"];
  /** How it was when it ended by itself. */
  endedAs: Condition["net"] | undefined;
  configuration: string | undefined;
};

async function begin(life: Life, spec: ProcessStart, condition: Condition): Promise<void> {
  const child = spec.start(condition);
  life.child = child;
  life.standsStill = false;
  if (child.pid !== undefined) spec.register.add(child.pid);
  child.on("error", (error) => spec.say(`${spec.name}: ${error.message}`));
  child.once("exit", (code, signal) => {
    if (child.pid !== undefined) spec.register.remove(child.pid);
    if (life.child !== child) return;
    life.child = undefined;
    life.endedAs = life.net;
    const how = signal ?? `exit code ${code}`;
    spec.say(`${spec.name} ended by itself (${how}); healing a fault of it, or a reset, starts it again.`);
    spec.died?.();
  });
  await spec.ready(child);
}

async function kill(life: Life): Promise<void> {
  const ending = life.child;
  life.child = undefined;
  if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
  const ended = new Promise((resolve) => ending.once("exit", resolve));
  ending.kill("SIGKILL");
  await ended;
}

function standStill(life: Life, wanted: boolean): void {
  if (wanted === life.standsStill) return;
  life.child?.kill(wanted ? "SIGSTOP" : "SIGCONT");
  life.standsStill = wanted;
}
