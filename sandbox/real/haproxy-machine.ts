import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Balancer } from "../../shared/estate";
import { shownBy, type Certificates } from "../certificates";
import type { Company } from "../company";
import type { Condition } from "../condition";
import { isGuarded } from "../haproxy/door";
import { configurationOf, type Setup } from "../haproxy/setup";
import { SandboxRefusal } from "../refusal";
import type { AdminStates, BalancerMachine } from "./balancer-machine";
import { connectionHolder } from "./connection-holder";
import { haproxyCommand } from "./command-line";
import { haproxyConfig, type HaproxyFiles } from "./haproxy-config";
import { haproxyView } from "./haproxy-view";
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
  certificates: Certificates;
  stateDir: string;
  register: Register;
  say: (line: string) => void;
  /** What was set at run time before the sandbox was restarted. */
  saved: AdminStates;
};

/** The real HAProxy on one machine. */
export function haproxyMachine(options: HaproxyMachineOptions): BalancerMachine {
  const { company, balancer, program, register, say } = options;
  const turn = inOrder();
  const command = (line: string) => haproxyCommand(ownWayIn(options), line, COMMAND_MS);
  const view = haproxyView(options, command);
  const machine = processMachine({
    name: `${balancer.name}'s HAProxy`,
    register,
    say,
    start: ({ setup }) => startHaproxyProcess(options, setup),
    configuration: ({ setup }) => configurationOf(setup),
    async ready(child) {
      await untilItAnswers(child, balancer, command);
      await view.putBack();
    },
    died: () => view.forget(),
  });

  const holder = connectionHolder(balancer, company.estate);

  let looking: Promise<void> | undefined;
  /** Those who want to look while somebody does, look with them. */
  function look(): Promise<void> {
    looking ??= turn(lookNow).finally(() => (looking = undefined));
    return looking;
  }

  async function apply(condition: Condition): Promise<void> {
    await machine.apply(condition);
    holder.hold(condition.net === "refused" ? 0 : (condition.setup.held ?? 0));
  }

  async function lookNow(): Promise<void> {
    if (machine.pid() !== null) await view.look();
  }

  return {
    haproxy: `HAProxy ${program.version}`,
    real: true,
    apply,
    async stop() {
      holder.hold(0);
      await machine.stop();
    },
    async restart(condition) {
      await machine.stop();
      view.forget();
      machine.revive();
      await apply(condition);
    },
    pid: () => machine.pid(),
    revive: () => machine.revive(),
    tick: look,
    look,
    truth: () => view.rows(),
    adminStates: () => view.adminStates(),
    setServer: (server, state) =>
      turn(async () => {
        if (machine.pid() === null) return;
        await view.look();
        await command(`set server ${balancer.backend}/${server} state ${state}`);
        view.note(server, state, "somebody");
      }),
  };
}

/** The sandbox's own way to HAProxy's command line: beside a guarded door, not through it. */
function ownWayIn(options: HaproxyMachineOptions): string {
  const { balancer } = options;
  return isGuarded(balancer) ? `unix://${filesOf(options).socket ?? ""}` : balancer.runtimeApi;
}

function filesOf({
  stateDir,
  balancer,
  certificates,
}: Pick<HaproxyMachineOptions, "stateDir" | "balancer" | "certificates">): HaproxyFiles {
  const at = (ending: string) => join(stateDir, "haproxy", `${balancer.name}${ending}`);
  const socket = at(".sock");
  const fits = socket.length <= LONGEST_SOCKET_PATH;
  if (!fits && isGuarded(balancer)) {
    throw new SandboxRefusal({
      what: "no room for the socket behind a guarded door",
      where: "--state",
      value: stateDir,
      hint: `A Unix socket's path has at most ${LONGEST_SOCKET_PATH} characters: use a folder with a shorter path.`,
    });
  }
  return {
    socket: fits ? socket : undefined,
    doorCertificate: at("-door.pem"),
    doorClients: at("-door-clients.pem"),
    shown: certificates.service === undefined ? undefined : at("-service.pem"),
  };
}

/** HAProxy's configuration and what it names, written anew for each start. Keys are for this user only. */
function writeFiles(
  { company, balancer, stateDir, certificates }: HaproxyMachineOptions,
  setup: Setup,
): string {
  mkdirSync(join(stateDir, "haproxy"), { recursive: true });
  const files = filesOf({ stateDir, balancer, certificates });
  const door = certificates.door.doors[balancer.name];
  if (door !== undefined) {
    writeFileSync(files.doorCertificate, door.cert + door.key, { mode: 0o600 });
    writeFileSync(files.doorClients, certificates.door.ca);
  }
  const shown = shownBy(certificates, setup);
  if (shown !== undefined && files.shown !== undefined)
    writeFileSync(files.shown, shown.cert + shown.key, { mode: 0o600 });
  const config = join(stateDir, "haproxy", `${balancer.name}.cfg`);
  writeFileSync(config, haproxyConfig(company.estate, balancer, files, setup));
  return config;
}

function startHaproxyProcess(options: HaproxyMachineOptions, setup: Setup): ChildProcess {
  const { balancer, program, say } = options;
  const config = writeFiles(options, setup);
  // Out of the terminal's process group, so that Ctrl-C is the sandbox's alone. Foreground, one process: what is stopped and killed is HAProxy itself, not a master in front of it.
  const child = spawn(program.path, ["-db", "-f", config], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  child.on("error", (error) => say(`${balancer.name}: ${error.message}`));
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    for (const line of text.split("\n").filter((one) => /cannot|error/i.test(one)))
      say(`${balancer.name}: ${line}`);
  });
  return child;
}

async function untilItAnswers(
  child: ChildProcess,
  balancer: Balancer,
  command: (line: string) => Promise<string>,
): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `${balancer.name}'s HAProxy did not start: is ${balancer.address}:${balancer.port} or its Runtime API's port taken?`,
      );
    }
    const answer = await command("show servers state").catch(() => undefined);
    if (answer !== undefined) return;
    if (performance.now() > until)
      throw new Error(`${balancer.name}'s HAProxy does not answer at ${balancer.runtimeApi}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
