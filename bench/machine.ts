import { mkdtempSync, rmSync } from "node:fs";
import { arch, availableParallelism, cpus, loadavg, platform, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { median } from "./median";

export function describeMachine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} cores of ${cpu?.model ?? "an unknown kind"}, ${memory} GiB, ${platform()} ${release()} ${arch()}, Node ${process.versions.node}, SQLite ${process.versions["sqlite"] ?? "?"}`;
}

/** The load of the last minute: above the number of cores, the figures are those of a busy machine. */
export const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

/** Milliseconds of one transaction of one row with `synchronous=FULL`: the floor under every commit. */
export function commitTime(): number {
  const folder = mkdtempSync(join(tmpdir(), "switchover-bench-"));
  try {
    const db = new DatabaseSync(join(folder, "probe.db"));
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (text TEXT)");
    const insert = db.prepare("INSERT INTO t VALUES (?)");
    const times = Array.from({ length: 500 }, () => {
      const began = performance.now();
      insert.run("x".repeat(500));
      return performance.now() - began;
    });
    db.close();
    return median(times);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
