import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxRefusal } from "../refusal";

/**
 * The processes of one sandbox, on disk: HAProxy, and children that stand still, outlive a sandbox
 * that was killed. The next one in the same folder ends them. A process is known by its number, its
 * start and its command line together, because numbers are used again.
 */
export type Register = {
  add(pid: number): void;
  remove(pid: number): void;
  /** Ends what is still registered, at once. */
  endAll(): void;
  /** Nothing of this sandbox is left. */
  close(): void;
};

type Entry = { pid: number; identity: string };
type Registered = { owner: Entry; children: Entry[] };

/** Refuses when another sandbox lives in the folder, after `patienceMs` for one that is dying; ends what a dead one left. */
export async function registerProcesses(stateDir: string, patienceMs: number): Promise<Register> {
  const file = join(stateDir, "processes.json");
  const until = performance.now() + patienceMs;
  let found = readRegistered(file);
  while (found !== undefined && isAlive(found.owner)) {
    if (performance.now() > until) {
      const hint = "Stop it first, or give this one another --state folder.";
      throw new SandboxRefusal({
        what: "another sandbox lives in this folder",
        where: stateDir,
        value: `process ${found.owner.pid}`,
        hint,
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    found = readRegistered(file);
  }
  for (const child of found?.children ?? []) if (isAlive(child)) process.kill(child.pid, "SIGKILL");
  await gone(found?.children ?? []);

  const owner = { pid: process.pid, identity: identityOf(process.pid) ?? "" };
  let children: Entry[] = [];
  const save = (registered: Registered | Record<string, never>) => {
    writeFileSync(`${file}.new`, JSON.stringify(registered), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const update = (next: Entry[]) => {
    children = next;
    save({ owner, children });
  };
  update([]);
  return {
    add: (pid) => update([...children, { pid, identity: identityOf(pid) ?? "" }]),
    remove: (pid) => update(children.filter((one) => one.pid !== pid)),
    endAll() {
      for (const child of children) if (isAlive(child)) process.kill(child.pid, "SIGKILL");
    },
    close: () => save({}),
  };
}

function readRegistered(file: string): Registered | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const read = JSON.parse(readFileSync(file, "utf8")) as Partial<Registered>;
    return read.owner === undefined ? undefined : { owner: read.owner, children: read.children ?? [] };
  } catch {
    // Cut off in the middle of a write by a full disk; there is nothing to be known from it.
    return undefined;
  }
}

async function gone(entries: Entry[]): Promise<void> {
  for (let tries = 0; tries < 50 && entries.some(isAlive); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

function isAlive({ pid, identity }: Entry): boolean {
  return identity !== "" && identityOf(pid) === identity;
}

/** Start time and command line of a living process; undefined when there is none, or only its unreaped remains. */
function identityOf(pid: number): string | undefined {
  if (!existsSync("/proc/self/stat")) return identityFromPs(pid);
  try {
    // The name, in brackets, may hold anything: fields count from behind it. State is the first, start the twentieth.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    if (fields[0] === "Z") return undefined;
    return `${fields[19] ?? ""} ${readFileSync(`/proc/${pid}/cmdline`, "utf8")}`;
  } catch {
    return undefined;
  }
}

/** macOS has no /proc. */
function identityFromPs(pid: number): string | undefined {
  try {
    return (
      execFileSync("ps", ["-o", "lstart=,command=", "-p", String(pid)], { encoding: "utf8" }).trim() ||
      undefined
    );
  } catch {
    return undefined;
  }
}
