import { randomUUID } from "node:crypto";
import { iso } from "../clock";
import type { Changes } from "../store/committer";
import {
  deleteInstance,
  findInstance,
  type Instance,
  insertInstance,
  isTerminal,
  listInstances,
  type RuntimeStatus,
} from "../store/instances";
import { eventDue } from "../hostile/messages";
import { readHistory } from "../store/history-rows";
import { sendMessage, send as sendDue } from "../store/messages";
import type { Engine } from "./engine";
import { arrival, EventType, executionStarted, type HistoryEvent } from "./history";

/** What came of a client's call. A conflict is with the state the instance is in. */
export type Called =
  | { kind: "done" }
  | { kind: "unknown" }
  | { kind: "ended"; status: RuntimeStatus }
  | { kind: "conflict"; status: RuntimeStatus };

export type StartRequest = {
  name: string;
  instanceId?: string | undefined;
  /** JSON text. */
  input: string | null;
  version?: string | undefined;
};

const newId = () => randomUUID().replaceAll("-", "");

/** Starts an instance. An id that has ended is started over, its old history is gone; one that runs is a conflict. */
export function start(
  engine: Engine,
  request: StartRequest,
): Promise<{ kind: "started"; id: string } | { kind: "conflict"; status: RuntimeStatus }> {
  const id = request.instanceId || newId();
  return engine.committer.commit("start", (changes) => {
    const existing = findInstance(engine.db, id);
    if (existing && !isTerminal(existing.status) && engine.settings.overridable !== "AnyState") {
      return { kind: "conflict" as const, status: existing.status };
    }
    const generation = existing ? replace(engine, existing) : 0;
    insert(engine, changes, { ...request, instanceId: id }, generation);
    return { kind: "started" as const, id };
  });
}

/** Removes an instance that is started over; returns how many times its id will have been started over then. */
function replace(engine: Engine, { n }: Instance): number {
  const began = readHistory(engine.db, n).find((event) => event.EventType === EventType.ExecutionStarted);
  deleteInstance(engine.db, n);
  engine.cache.delete(n);
  return (began?.Generation ?? 0) + 1;
}

function insert(
  engine: Engine,
  changes: Changes,
  request: StartRequest & { instanceId: string },
  generation: number,
): void {
  const { name, input, instanceId: id } = request;
  const now = engine.clock.now();
  const execution = randomUUID();
  const version = request.version || engine.settings.defaultVersion;
  const n = insertInstance(engine.db, { id, execution, name, version, input, created: now, parent: null });
  const event = executionStarted(iso(now), {
    instanceId: id,
    executionId: execution,
    name,
    version,
    input,
    parent: null,
    generation,
  });
  sendMessage(engine.db, changes, now, { n, execution, event });
}

function send(
  engine: Engine,
  point: string,
  id: string,
  make: (now: string) => HistoryEvent,
  refuse: (instance: Instance) => boolean = () => false,
): Promise<Called> {
  return engine.committer.commit(point, (changes): Called => {
    const instance = findInstance(engine.db, id);
    if (!instance) {
      return { kind: "unknown" };
    }
    if (isTerminal(instance.status)) {
      return { kind: "ended", status: instance.status };
    }
    if (refuse(instance)) {
      return { kind: "conflict", status: instance.status };
    }
    const now = engine.clock.now();
    const event = make(iso(now));
    const due = engine.hostile === undefined ? now : eventDue(engine, engine.hostile, id, event, now);
    sendDue(engine.db, changes, now, due, { n: instance.n, execution: null, event });
    return { kind: "done" };
  });
}

/** `input` is JSON text. */
export function raiseEvent(engine: Engine, id: string, name: string, input: string): Promise<Called> {
  return send(engine, "raise", id, (now) =>
    arrival(EventType.EventRaised, now, { Name: name, Input: input, ParentTraceContext: null }),
  );
}

export function terminate(engine: Engine, id: string, reason: string | null): Promise<Called> {
  return send(engine, "terminate", id, (now) =>
    arrival(EventType.ExecutionTerminated, now, { Input: reason }),
  );
}

export function suspend(engine: Engine, id: string, reason: string | null): Promise<Called> {
  return send(
    engine,
    "suspend",
    id,
    (now) => arrival(EventType.ExecutionSuspended, now, { Reason: reason }),
    (instance) => instance.status === "Suspended",
  );
}

export function resume(engine: Engine, id: string, reason: string | null): Promise<Called> {
  return send(
    engine,
    "resume",
    id,
    (now) => arrival(EventType.ExecutionResumed, now, { Reason: reason }),
    (instance) => instance.status !== "Suspended",
  );
}

/** Removes one instance that has ended. */
export function purge(engine: Engine, id: string): Promise<Called> {
  return engine.committer.commit("purge", (): Called => {
    const instance = findInstance(engine.db, id);
    if (!instance) {
      return { kind: "unknown" };
    }
    if (!isTerminal(instance.status)) {
      return { kind: "conflict", status: instance.status };
    }
    deleteInstance(engine.db, instance.n);
    return { kind: "done" };
  });
}

/**
 * Removes the ended instances of a window; returns how many. What still runs is never removed: the real engine
 * removes it when the filter names no final state.
 */
export function purgeBy(
  engine: Engine,
  filter: { createdFrom: number; createdTo: number; statuses: RuntimeStatus[] },
): Promise<number> {
  return engine.committer.commit("purge", () => {
    const ended = listInstances(engine.db, filter).filter((instance) => isTerminal(instance.status));
    for (const { n } of ended) {
      deleteInstance(engine.db, n);
    }
    return ended.length;
  });
}
