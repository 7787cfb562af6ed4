import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { callerOverHttp } from "./caller";
import { DEADLINE_MS, inTime } from "./deadline";
import { end } from "./end";
import { appFolder } from "./inside";
import { Arrivals, type Target, throughManagement } from "./target";

/** What the host's process reports: the step that ran, and of which incident. */
export type Report = { step: string; id: string };

type Options = {
  /** Every step, or only the one that asks for approval. */
  reports: "steps" | "notify";
  onReport?: (report: Report) => void;
};

export type Server = Target & { log: string[] };

/** Milliseconds of a tick of /proc's clocks; Linux has 100 in a second everywhere that Node runs. */
const tickMs = 10;

/** Starts `host/main` in a process of its own, as `npm run host` does, and drives it over its socket. */
export async function openServer(state: string, options: Options): Promise<Server> {
  const main = join(__dirname, "../host/main.js");
  const child = spawn(process.execPath, [main, "--port", "0", "--state", state, "--keys"], {
    cwd: appFolder,
    env: { ...process.env, BENCH_REPORT: options.reports },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  // A round that fails must not leave its host behind.
  const killed = () => child.kill("SIGKILL");
  process.once("exit", killed);
  const asked = new Arrivals("ask for approval");
  child.on("message", (report: Report) => {
    options.onReport?.(report);
    if (report.step === "notify") {
      asked.arrived(report.id);
    }
  });
  const log: string[] = [];
  child.once("exit", (code, signal) => {
    process.off("exit", killed);
    asked.end(new Error(`The host ended with ${code ?? signal}:\n${log.slice(-20).join("\n")}`));
  });
  const { origin, key } = await inTime("The host did not listen", DEADLINE_MS, () => listening(child, log));
  return {
    log,
    ...throughManagement(callerOverHttp(origin), key),
    asked: (id) => asked.of(id),
    usage: () => usageOf(child.pid ?? 0),
    close: () => end(child, "SIGTERM"),
    kill: () => end(child, "SIGKILL"),
  };
}

/** Reads the key and the address from what the host prints when it is ready. */
function listening(child: ChildProcess, log: string[]): Promise<{ origin: string; key: string }> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`The host ended with ${code}:\n${log.join("\n")}`)));
    if (child.stdout) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        log.push(line);
        const origin = /^Listening on (http:\S+?)\. /.exec(line)?.[1];
        const key = /"system": "([^"]+)"/.exec(log.join("\n"))?.[1];
        if (origin && key) {
          resolve({ origin, key });
        }
      });
    }
  });
}

/** Fields 14 and 15 of /proc's stat are the ticks of CPU; the name before them may hold blanks, so it is cut off. */
function usageOf(pid: number): { cpuMs: number; rssMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { cpuMs: tickMs * (Number(fields[11]) + Number(fields[12])), rssMb: Number(rss) / 1024 };
}
