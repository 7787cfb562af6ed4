import { setTimeout as pause } from "node:timers/promises";
import type { Engine } from "../durable/engine";
import { findInstance, type Instance, isTerminal } from "../store/instances";

/** Seconds of a query's parameter, as milliseconds. */
const milliseconds = (query: URLSearchParams, name: string): number => {
  const seconds = Number(query.get(name));
  return seconds > 0 ? seconds * 1000 : 0;
};

/**
 * A start may ask to wait: `timeout` and `pollingInterval` in seconds. Answers the instance when it ends in time;
 * undefined when it does not, or when nobody asked. The wait is the caller's, so the machine's clock measures it.
 */
export async function waitForEnd(
  engine: Engine,
  query: URLSearchParams,
  id: string,
): Promise<Instance | undefined> {
  const timeout = milliseconds(query, "timeout");
  const interval = milliseconds(query, "pollingInterval") || 1000;
  for (let left = timeout; left > 0; left -= interval) {
    await pause(Math.min(left, interval));
    engine.committer.refuseIfDead();
    const instance = findInstance(engine.db, id);
    if (instance && isTerminal(instance.status)) {
      return instance;
    }
  }
  return undefined;
}
