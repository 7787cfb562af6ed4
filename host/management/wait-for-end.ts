import type { Engine } from "../durable/engine";
import { findInstance, type Instance, isTerminal } from "../store/instances";

/** Seconds of a query's parameter, as milliseconds. */
const milliseconds = (query: URLSearchParams, name: string): number => {
  const seconds = Number(query.get(name));
  return seconds > 0 ? seconds * 1000 : 0;
};

/**
 * A start may ask to wait: `timeout` and `pollingInterval` in seconds. Answers the instance when it ends in time;
 * undefined when it does not, or when nobody asked. An end is told at once; the interval only finds
 * an instance that another start has replaced. The wait is the caller's, so the machine's clock measures it.
 */
export async function waitForEnd(
  engine: Engine,
  query: URLSearchParams,
  id: string,
): Promise<Instance | undefined> {
  const timeout = milliseconds(query, "timeout");
  if (timeout === 0) {
    return undefined;
  }
  const interval = milliseconds(query, "pollingInterval") || 1000;
  const deadline = performance.now() + timeout;
  for (;;) {
    engine.committer.refuseIfDead();
    const instance = findInstance(engine.db, id);
    if (instance && isTerminal(instance.status)) {
      return instance;
    }
    const left = deadline - performance.now();
    if (left <= 0) {
      return undefined;
    }
    await engine.endings.wait(instance?.n ?? 0, Math.min(left, interval));
  }
}
