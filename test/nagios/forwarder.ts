import { execFile, type ExecFileException } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { until as poll } from "../support/until";

export const folder = resolve(__dirname, "../../nagios");
export const SECRET = "whsec_c3dpdGNob3ZlciBuYWdpb3MgdGVzdCBzZWNyZXQ=";

type Ran = { code: number; stdout: string; stderr: string };
export type Macros = Record<string, string | Buffer>;

/** The shipped scripts with a configuration, secret and spool of their own. */
export type Forwarder = {
  spool: string;
  config: string;
  /** Runs the notification command as Nagios does. Macros without `NAGIOS_`; bytes stay bytes. */
  notify(macros: Macros): Promise<Ran>;
  run(...args: string[]): Promise<Ran>;
  check(...args: string[]): Promise<Ran>;
  files(place: "queue" | "rejected"): Promise<string[]>;
  log(): Promise<string>;
  /** The process that delivers now, or undefined. */
  deliverer(): Promise<number | undefined>;
  /** Kills every shell of this forwarder, wherever it is. */
  killAll(): Promise<void>;
};

export const problem: Macros = {
  NOTIFICATIONTYPE: "PROBLEM",
  HOSTNAME: "api-main",
  HOSTADDRESS: "127.77.2.10",
  HOSTSTATE: "UP",
  SERVICEDESC: "API",
  SERVICESTATE: "CRITICAL",
  SERVICESTATETYPE: "HARD",
  SERVICEATTEMPT: "3",
  SERVICEPROBLEMID: "7",
  LASTSERVICEPROBLEMID: "0",
  TIMET: "1795373895",
  SERVICEOUTPUT: "HTTP CRITICAL - 500",
};

const made: string[] = [];

/** For `afterEach`: ends and removes what the tests made, also of a test that failed. */
export async function removeForwarders(): Promise<void> {
  for (const root of made.splice(0)) {
    await killAll(root);
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  }
}

export async function makeForwarder(
  endpoints: string[],
  { secret = SECRET, settings = [] }: { secret?: string; settings?: string[] } = {},
): Promise<Forwarder> {
  const root = await mkdtemp(join(tmpdir(), "switchover-nagios-"));
  const config = join(root, "notify.conf");
  const spool = join(root, "spool");
  made.push(root);
  await mkdir(spool);
  await writeFile(join(root, "secret"), secret, { mode: 0o640 });
  const lines = [
    ...endpoints.map((each) => `endpoint=${each}`),
    `secret_file=${join(root, "secret")}`,
    `spool=${spool}`,
  ];
  await writeFile(config, [...lines, ...settings, ""].join("\n"));
  const script = join(folder, "switchover-notify");
  return {
    spool,
    config,
    notify: async (macros) =>
      execute("sh", await withMacros(root, macros, `exec '${script}' --config '${config}'`)),
    run: (...args) => execute(script, ["--config", config, ...args]),
    check: (...args) => execute(join(folder, "check_switchover"), ["-c", config, ...args]),
    files: async (place) => (await readdir(join(spool, place)).catch(() => [])).sort(byText),
    log: () => readFile(join(spool, "log"), "utf8").catch(() => ""),
    deliverer: () => delivererOf(spool),
    killAll: () => killAll(config),
  };
}

/** As the shell sorts them under LC_ALL=C. */
function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

export function kill(pid: number | undefined): void {
  // 0 would be our own process group.
  if (pid === undefined || pid <= 0) throw new Error("there is no process to kill");
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself since we looked.
  }
}

/** Looks again until it holds; fails after ten seconds with what was waited for. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  everyMs = 20,
): Promise<void> {
  await poll(what, holds, { within: 10_000, every: everyMs });
}

let files = 0;

/** Node can pass only UTF-8 in an environment, so bytes go through a file that the shell reads. */
async function withMacros(root: string, macros: Macros, then: string): Promise<string[]> {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(macros)) {
    files += 1;
    const file = join(root, `macro-${files}`);
    await writeFile(file, value);
    lines.push(`v=$(cat '${file}'; printf .); NAGIOS_${name}=\${v%.}; export NAGIOS_${name}`);
  }
  return ["-c", [...lines, then].join("\n")];
}

async function delivererOf(spool: string): Promise<number | undefined> {
  const pid = Number(await readFile(join(spool, "delivery.pid"), "utf8").catch(() => "0"));
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return command.includes("switchover-deliver") ? pid : undefined;
}

/** Until none is left: a process that was just forked could start another while we look. */
async function killAll(mark: string): Promise<void> {
  for (;;) {
    let found = false;
    for (const pid of await readdir("/proc").catch(() => [])) {
      if (!/^\d+$/.test(pid)) continue;
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      if (!command.includes(mark)) continue;
      found = true;
      kill(Number(pid));
    }
    if (!found) return;
  }
}

/** Ends when the process and everybody who holds its output have ended, as Nagios sees it. */
function execute(command: string, args: string[]): Promise<Ran> {
  const env = { PATH: process.env["PATH"] ?? "", LC_ALL: "C" };
  return new Promise((resolve) => {
    execFile(command, args, { env, timeout: 30_000 }, (error: ExecFileException | null, stdout, stderr) => {
      resolve({
        code: error === null ? 0 : typeof error.code === "number" ? error.code : -1,
        stdout,
        stderr,
      });
    });
  });
}
