import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Balancer } from "../../shared/estate";
import type { AdminState } from "../../shared/world";
import type { Company } from "../company";
import type { EffectBy, TrueServer } from "../types";
import { noteServerState, type AdminStates, type BalancerMachine } from "./balancer-machine";
import { adminStatesIn, haproxyCommand, trueServersIn } from "./command-line";
import { haproxyConfig } from "./haproxy-config";
import { inOrder } from "./in-order";
import type { Register } from "./leftovers";
import { processMachine } from "./process-machine";

/** A Unix socket's path may not be longer; HAProxy adds a suffix of its own while it binds. */
const LONGEST_SOCKET_PATH = 90;
const COMMAND_MS = 800;
const START_MS = 5_000;

export type HaproxyProgram = { path: string; version: string };

/** The `haproxy` of this machine. Debian keeps it in /usr/sbin, which is not on every user's PATH. */
export function findHaproxy(): HaproxyProgram | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
  for (const path of folders.map((one) => join(one, "haproxy"))) {
    try {
      accessSync(path, constants.X_OK);
      const said = execFileSync(path, ["-v"], { encoding: "utf8" });
      return { path, version: /version (\S+)/.exec(said)?.[1] ?? "unknown" };
    } catch {
      // Not there, or not to be run: look on.
    }
  }
  return undefined;
}

export type HaproxyMachineOptions = {
  company: Company;
  balancer: Balancer;
  program: HaproxyProgram;
  stateDir: string;
  register: Register;
  say: (line: string) => void;
  /** What was set at run time before the sandbox was restarted. */
  saved: AdminStates;
};

/** The real HAProxy. What happens to its servers is seen by looking at it every second. */
export function haproxyMachine({
  company,
  balancer,
  program,
  stateDir,
  register,
  say,
  saved,
}: HaproxyMachineOptions): BalancerMachine {
  let known = saved;
  let rows: TrueServer[] = [];
  const turn = inOrder();
  const forget = () => {
    known = {};
    rows = [];
  };

  const machine = processMachine({
    name: `${balancer.name}'s HAProxy`,
    register,
    say,
    start: () => startHaproxyProcess(company, balancer, program, stateDir, say),
    async ready(child) {
      await untilItAnswers(child, balancer);
      for (const [server, state] of Object.entries(known)) {
        if (state !== "ready") await command(`set server ${balancer.backend}/${server} state ${state}`);
      }
      await look();
    },
    died: forget,
  });

  const command = (line: string) => haproxyCommand(balancer.runtimeApi, line, COMMAND_MS);

  const look = () => turn(lookNow);

  function note(server: string, state: AdminState, by: EffectBy): void {
    const change = { server, old: known[server] ?? "ready", new: state, by };
    noteServerState(company, balancer, change, () => (known = { ...known, [server]: state }));
  }

  async function lookNow(): Promise<void> {
    if (machine.pid() === null) return;
    const answer = await command(
      `show servers state ${balancer.backend};show stat ${balancer.backend} 4 -1`,
    ).catch(() => undefined);
    // Nothing said: it stands still, or has just died. What was last seen stays.
    if (answer === undefined) return;
    rows = trueServersIn(answer, balancer.name);
    for (const [server, state] of Object.entries(adminStatesIn(answer))) {
      if (state !== (known[server] ?? "ready")) note(server, state, "runtime-api");
    }
  }

  return {
    haproxy: `HAProxy ${program.version}`,
    real: true,
    apply: (condition) => machine.apply(condition),
    stop: () => machine.stop(),
    async restart(condition) {
      await machine.stop();
      forget();
      await machine.apply(condition);
    },
    pid: () => machine.pid(),
    tick: look,
    look,
    truth: () => rows,
    adminStates: () => known,
    setServer: (server, state) =>
      turn(async () => {
        if (machine.pid() === null) return;
        await lookNow();
        await command(`set server ${balancer.backend}/${server} state ${state}`);
        note(server, state, "somebody");
      }),
  };
}

function startHaproxyProcess(
  company: Company,
  balancer: Balancer,
  program: HaproxyProgram,
  stateDir: string,
  say: (line: string) => void,
): ChildProcess {
  const folder = join(stateDir, "haproxy");
  mkdirSync(folder, { recursive: true });
  const socket = join(folder, `${balancer.name}.sock`);
  const config = join(folder, `${balancer.name}.cfg`);
  writeFileSync(
    config,
    haproxyConfig(company.estate, balancer, socket.length > LONGEST_SOCKET_PATH ? undefined : socket),
  );
  // Foreground, one process: what is stopped and killed is HAProxy itself, not a master in front of it.
  const child = spawn(program.path, ["-db", "-f", config], { stdio: ["ignore", "ignore", "pipe"] });
  child.on("error", (error) => say(`${balancer.name}: ${error.message}`));
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    for (const line of text.split("\n").filter((one) => /ALERT|cannot/i.test(one)))
      say(`${balancer.name}: ${line}`);
  });
  return child;
}

async function untilItAnswers(child: ChildProcess, balancer: Balancer): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `${balancer.name}'s HAProxy did not start: is ${balancer.address}:${balancer.port} or its Runtime API's port taken?`,
      );
    }
    const answer = await haproxyCommand(balancer.runtimeApi, "show servers state", COMMAND_MS).catch(
      () => undefined,
    );
    if (answer !== undefined) return;
    if (performance.now() > until)
      throw new Error(`${balancer.name}'s HAProxy does not answer at ${balancer.runtimeApi}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
