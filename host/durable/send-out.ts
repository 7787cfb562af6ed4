import { randomUUID } from "node:crypto";
import { iso } from "../clock";
import { queueActivity } from "../store/activity-rows";
import { timerDue } from "../hostile/messages";
import type { Changes } from "../store/committer";
import { deleteInstance, findInstance, type Instance, insertInstance, isTerminal } from "../store/instances";
import { sendMessage, sendTimer } from "../store/messages";
import type { Engine } from "./engine";
import { arrival, EventType, executionStarted, type HistoryEvent, scheduled } from "./history";
import type { Scheduled } from "./scheduled";

/** Queues a turn's new work, in the turn's transaction. Returns the events that record it. */
export function sendOut(
  engine: Engine,
  changes: Changes,
  instance: Instance,
  work: Scheduled[],
  now: number,
): HistoryEvent[] {
  return work.map((action) => {
    if (action.kind === "activity") {
      return sendActivity(engine, changes, instance, action, now);
    }
    return action.kind === "timer"
      ? setTimer(engine, changes, instance, action, now)
      : startChild(engine, changes, instance, action, now);
  });
}

function sendActivity(
  engine: Engine,
  changes: Changes,
  { n, execution }: Instance,
  { id, name, input: value }: Extract<Scheduled, { kind: "activity" }>,
  now: number,
): HistoryEvent {
  const input = toJson(value);
  queueActivity(engine.db, changes, { n, execution, task: id, name, input });
  return scheduled(EventType.TaskScheduled, id, iso(now), {
    Name: name,
    Version: "",
    Input: engine.settings.storeInputs ? `[${input ?? "null"}]` : null,
    ParentTraceContext: null,
    Tags: null,
  });
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function setTimer(
  engine: Engine,
  changes: Changes,
  { n, execution }: Instance,
  { id, fireAt }: Extract<Scheduled, { kind: "timer" }>,
  now: number,
): HistoryEvent {
  const FireAt = iso(fireAt);
  // As recorded, a fired timer bears the time at which it was set.
  const event = arrival(EventType.TimerFired, iso(now), { TimerId: id, FireAt });
  const due = engine.hostile === undefined ? fireAt : timerDue(engine, engine.hostile, event, now);
  sendTimer(engine.db, changes, due, { n, execution, event });
  return scheduled(EventType.TimerCreated, id, iso(now), { FireAt });
}

function startChild(
  engine: Engine,
  changes: Changes,
  parent: Instance,
  action: Extract<Scheduled, { kind: "sub" }>,
  now: number,
): HistoryEvent {
  const { id, name, instanceId } = action;
  const input = toJson(action.input);
  const created = scheduled(EventType.SubOrchestrationInstanceCreated, id, iso(now), {
    Name: name,
    Version: null,
    InstanceId: instanceId,
    Input: null,
    ClientSpanId: null,
    Tags: null,
  });
  const existing = findInstance(engine.db, instanceId);
  if (existing && !isTerminal(existing.status)) {
    refuseChild(engine, changes, parent, action, existing, now);
    return created;
  }
  if (existing) {
    deleteInstance(engine.db, existing.n);
    engine.cache.delete(existing.n);
  }
  const execution = randomUUID().replaceAll("-", "");
  const version = action.version ?? engine.settings.defaultVersion;
  const parentInstance = {
    Name: parent.name,
    OrchestrationInstance: { InstanceId: parent.id, ExecutionId: parent.execution },
    TaskScheduleId: id,
    Version: parent.version,
  };
  const n = insertInstance(engine.db, {
    id: instanceId,
    execution,
    name,
    version,
    input,
    created: now,
    parent: parentInstance,
  });
  const event = executionStarted(iso(now), {
    instanceId,
    executionId: execution,
    name,
    version,
    input,
    parent: parentInstance,
    generation: null,
  });
  sendMessage(engine.db, changes, now, { n, execution, event });
  return created;
}

/** The real host drops such a start, and the parent waits for ever. Here the parent is told. */
function refuseChild(
  engine: Engine,
  changes: Changes,
  parent: Instance,
  action: Extract<Scheduled, { kind: "sub" }>,
  existing: Instance,
  now: number,
): void {
  const reason = `An Orchestration instance with the status ${existing.status} already exists.`;
  engine.log({
    level: "error",
    category: "host",
    message: `${parent.id} can't start the sub-orchestration '${action.name}' as ${action.instanceId}: ${reason} On Azure it would wait for ever.`,
    functionName: parent.name,
    instanceId: parent.id,
  });
  const event = arrival(EventType.SubOrchestrationInstanceFailed, iso(now), {
    TaskScheduledId: action.id,
    Reason: `Orchestrator function '${action.name}' failed: ${reason}`,
    Details: `Message: ${reason}, StackTrace: `,
    FailureDetails: null,
  });
  sendMessage(engine.db, changes, now, { n: parent.n, execution: parent.execution, event });
}
