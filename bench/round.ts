import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cold, crash } from "./crash";
import { openInside } from "./inside";
import { growth, latency, storm, throughput, warmUp, type Figures } from "./phases";
import { openServer } from "./server";
import type { Target } from "./target";
import type { Part, Way } from "./ways";

/** One round in a process of its own, on a fresh folder: `round.js <way> <part>`. Tells its parent the figures. */

/** Of the incidents below, warm-up included, which are all that the file holds when it is measured. */
const measured = { one: 200, few: 1000, many: 5000 };
const warmUps = 20;

const sizeOf = (folder: string): number =>
  readdirSync(folder)
    .filter((file) => file.startsWith("host.db"))
    .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);

const open = (way: Way, state: string): Promise<Target> =>
  way === "http" ? openServer(state, { reports: "notify" }) : openInside(state, { client: way === "client" });

async function incidents(way: Way, state: string): Promise<Figures> {
  const target = await open(way, state);
  await warmUp(target, warmUps);
  const figures = {
    ...(await latency(target, measured.one)),
    ...(await throughput(target, measured.few)),
    ...(await throughput(target, measured.many)),
  };
  await target.close();
  const bytes = sizeOf(state) / (warmUps + measured.one + measured.few + measured.many);
  const again = await open(way, state);
  await warmUp(again, warmUps);
  Object.assign(figures, await storm(again), { bytes });
  await again.kill();
  return figures;
}

async function run(way: Way, part: Part, state: string): Promise<Figures> {
  switch (part) {
    case "incidents":
      return incidents(way, state);
    case "growth": {
      const target = await open(way, state);
      const figures = await growth(target);
      await target.close();
      return figures;
    }
    case "cold":
      return cold(state);
    default:
      return crash(state, part);
  }
}

async function main(): Promise<void> {
  const [way, part] = process.argv.slice(2) as [Way, Part];
  const state = mkdtempSync(join(tmpdir(), "switchover-bench-"));
  try {
    const figures = await run(way, part, state);
    process.send?.(figures);
    if (!process.send) {
      console.log(figures);
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
  process.disconnect?.();
}

main().catch((error: unknown) => {
  console.error(error);
  // At once: a host that was started is a reason for Node to stay, and ends with us (see server.ts).
  process.exit(1);
});
