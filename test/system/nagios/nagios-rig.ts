import { spawn, type ChildProcess } from "node:child_process";
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mainConfig, objects, type Watched } from "./nagios-config";

export const NAGIOS = "/usr/sbin/nagios4";
const SETPRIV = "/usr/bin/setpriv";

export type NagiosOptions = Watched & {
  /** Base addresses of Switchover, the first choice first. */
  endpoints: string[];
  /** The text of the secret, as Switchover has it in its environment. */
  secret: string;
};

export type Nagios = {
  /** Everything below it is the rig's own. The forwarder's spool is `spool`. */
  folder: string;
  stop(): Promise<void>;
  log(): Promise<string>;
  /** Up to a second old. Throws while Nagios has not written its first status. States are Nagios' words: OK, CRITICAL, UP, DOWN … */
  status(host: string, service?: string): Promise<{ state: string; stateType: string }>;
  /** A line for Nagios' command file, without its time: `ACKNOWLEDGE_SVC_PROBLEM;host;service;…`. */
  command(line: string): Promise<void>;
};

/**
 * A real Nagios with our forwarder as the contact of everything it watches. One time unit is one
 * second: a check every 2 s, three attempts, so a failure is HARD within about 6 s (hosts: two
 * attempts). `$PLUGINS$` in a check command stands for the folder of `check_switchover`.
 */
export async function startNagios(options: NagiosOptions): Promise<Nagios> {
  const folder = await mkdtemp(join(tmpdir(), "switchover-nagios4-"));
  await prepare(folder, options);
  const process = run(folder);
  let ended = false;
  process.once("exit", () => {
    ended = true;
  });
  const log = () => readFile(join(folder, "nagios.log"), "utf8").catch(() => "");
  const nagios: Nagios = {
    folder,
    log,
    status: (host, service) => statusOf(folder, host, service),
    command: (line) =>
      writeFile(join(folder, "rw/nagios.cmd"), `[${Math.floor(Date.now() / 1000)}] ${line}\n`, { flag: "a" }),
    stop: async () => {
      if (!ended) {
        process.kill("SIGTERM");
        // It reaps its workers first; a check that hangs must not keep the test.
        const impatience = setTimeout(() => process.kill("SIGKILL"), 10_000);
        await new Promise((resolve) => process.once("exit", resolve));
        clearTimeout(impatience);
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
  await started(nagios, () => ended);
  return nagios;
}

async function prepare(folder: string, { endpoints, secret, ...watched }: NagiosOptions): Promise<void> {
  const scripts = join(folder, "switchover");
  await cp(resolve(__dirname, "../../../nagios"), scripts, { recursive: true });
  for (const each of ["rw", "checkresults", "archives", "spool"]) await mkdir(join(folder, each));
  const settings = [
    ...endpoints.map((each) => `endpoint=${each}`),
    `secret_file=${folder}/secret`,
    `spool=${folder}/spool`,
  ];
  await writeFile(join(scripts, "notify.conf"), `${settings.join("\n")}\n`);
  await writeFile(join(folder, "secret"), secret, { mode: 0o640 });
  await writeFile(join(folder, "objects.cfg"), objects(watched, scripts));
  await writeFile(join(folder, "nagios.cfg"), mainConfig(folder));
  await chmod(folder, 0o755);
  const user = await nagiosUser();
  if (user === undefined) return;
  for (const each of [".", "rw", "checkresults", "archives", "spool", "secret"])
    await chown(join(folder, each), user.uid, user.gid);
}

/** Root may not run it as itself: Nagios would refuse to, and plugins must not be root's. */
async function nagiosUser(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const line = (await readFile("/etc/passwd", "utf8")).split("\n").find((each) => each.startsWith("nagios:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function run(folder: string): ChildProcess {
  const env = { PATH: "/usr/bin:/bin", LANG: "C.UTF-8" };
  const config = join(folder, "nagios.cfg");
  const drop = ["--reuid=nagios", "--regid=nagios", "--clear-groups", NAGIOS, config];
  const isRoot = process.getuid?.() === 0;
  // stdout goes nowhere: Nagios repeats its log there and would stop at a full pipe.
  return isRoot
    ? spawn(SETPRIV, drop, { env, stdio: "ignore" })
    : spawn(NAGIOS, [config], { env, stdio: "ignore" });
}

async function started(nagios: Nagios, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const log = await nagios.log();
    if (log.includes("Successfully launched command file worker")) return;
    if (hasEnded() || Date.now() > deadline) {
      await nagios.stop();
      throw new Error(
        `Nagios did not start. Its log:\n${log || "(empty; try nagios4 -v on the configuration)"}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const SERVICE_STATES = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];
const HOST_STATES = ["UP", "DOWN", "UNREACHABLE"];

async function statusOf(
  folder: string,
  host: string,
  service?: string,
): Promise<{ state: string; stateType: string }> {
  const kind = service === undefined ? "hoststatus" : "servicestatus";
  for (const [, type, text = ""] of (await readFile(join(folder, "status.dat"), "utf8")).matchAll(
    /^(\w+) \{\n([^}]*)\}/gm,
  )) {
    const block = new Map(text.split("\n").map((line) => splitOnce(line.trim())));
    if (type !== kind || block.get("host_name") !== host || block.get("service_description") !== service)
      continue;
    const states = service === undefined ? HOST_STATES : SERVICE_STATES;
    const state = states[Number(block.get("current_state"))] ?? "?";
    return { state, stateType: block.get("state_type") === "1" ? "HARD" : "SOFT" };
  }
  throw new Error(`Nagios has no status of ${host}${service === undefined ? "" : `/${service}`}`);
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf("=");
  return [line.slice(0, at), line.slice(at + 1)];
}
