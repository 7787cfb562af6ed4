import { performance } from "node:perf_hooks";
import { incident, inFlight, type Figures } from "./phases";
import { openServer, type Report } from "./server";
import { allEnded } from "./target";

const crashed = 200;
const name = (at: number) => `crash-${at}`;

/** Milliseconds from the start of a process on a folder that has run before to the end of its first incident. */
export async function cold(state: string): Promise<Figures> {
  const first = await openServer(state, { reports: "notify" });
  await inFlight(100, 20, (at) => incident(first, `before-${at}`));
  await first.close();
  const began = performance.now();
  const server = await openServer(state, { reports: "notify" });
  const listening = performance.now();
  await incident(server, "first");
  const done = performance.now();
  await server.close();
  return { cold: done - began, coldListening: listening - began };
}

/**
 * SIGKILL with 200 incidents waiting for approval ("hold") or half of them approved a moment ago ("mid"); the host is
 * started again, and the rest is approved. Milliseconds from the start of the new process to the last end.
 */
export async function crash(state: string, how: "hold" | "mid"): Promise<Figures> {
  const runs = new Map<string, number>();
  const onReport = ({ step, id }: Report): void => {
    runs.set(`${id} ${step}`, (runs.get(`${id} ${step}`) ?? 0) + 1);
  };
  const first = await openServer(state, { reports: "steps", onReport });
  await inFlight(crashed, 50, async (at) => {
    await first.start(name(at));
    await first.asked(name(at));
  });
  if (how === "mid") {
    await inFlight(crashed / 2, 50, (at) => first.approve(name(at)));
  }
  await first.kill();
  const began = performance.now();
  const second = await openServer(state, { reports: "steps", onReport });
  const listening = performance.now() - began;
  await inFlight(crashed, 50, async (at) => {
    if (how === "hold" || at >= crashed / 2) {
      await second.approve(name(at));
    }
  });
  await allEnded(second);
  const last = performance.now() - began;
  const done = [...runs.keys()].filter((key) => key.endsWith(" verify")).length;
  const repeated = [...runs.values()].reduce((sum, count) => sum + count - 1, 0);
  const named = second.log.filter((line) => line.includes("was not finished")).length;
  await second.close();
  return {
    [`${how}Done`]: done,
    [how]: last,
    [`${how}Listening`]: listening,
    [`${how}Repeated`]: repeated,
    [`${how}Named`]: named,
  };
}
