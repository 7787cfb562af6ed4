import { performance } from "node:perf_hooks";
import type { Target } from "./target";

export type Figures = Record<string, number>;

const now = () => performance.now();

/** One incident from start to end, with its approval as soon as it is asked for. */
export async function incident(target: Target, id: string): Promise<void> {
  const ended = target.run(id);
  // A failing start must not be an unhandled rejection while the approval is waited for.
  ended.catch(() => {});
  await Promise.race([target.asked(id), ended]);
  await target.approve(id);
  await ended;
}

/** Runs `work` for each number below `count`, so many at a time. */
export async function inFlight(
  count: number,
  width: number,
  work: (at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      const at = next;
      next += 1;
      await work(at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

export async function warmUp(target: Target, count: number): Promise<void> {
  await inFlight(count, 1, (at) => incident(target, `warm-${at}`));
}

const quantile = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;

/** Milliseconds of incidents one at a time. */
export async function latency(target: Target, count: number): Promise<Figures> {
  const times: number[] = [];
  await inFlight(count, 1, async (at) => {
    const began = now();
    await incident(target, `one-${at}`);
    times.push(now() - began);
  });
  times.sort((a, b) => a - b);
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

/** Incidents per second with 50 in flight, and the milliseconds of the host's CPU for each. */
export async function throughput(target: Target, count: number): Promise<Figures> {
  const before = target.usage();
  const began = now();
  await inFlight(count, 50, (at) => incident(target, `many-${count}-${at}`));
  const seconds = (now() - began) / 1000;
  const after = target.usage();
  return {
    [`perSecond${count}`]: count / seconds,
    [`cpu${count}`]: (after.cpuMs - before.cpuMs) / count,
    [`rss${count}`]: after.rssMb,
  };
}

/** Starts per second with 100 in flight: acceptance only. */
export async function storm(target: Target, count = 2000): Promise<Figures> {
  const began = now();
  await inFlight(count, 100, (at) => target.start(`storm-${at}`));
  return { storm: (1000 * count) / (now() - began) };
}

/** Milliseconds of one workflow with so many sequential activities. */
export async function growth(target: Target): Promise<Figures> {
  const figures: Figures = {};
  await target.chain("chain-warm", 50);
  for (const length of [100, 500, 1000, 2000]) {
    const began = now();
    await target.chain(`chain-${length}`, length);
    figures[`growth${length}`] = now() - began;
  }
  return figures;
}
