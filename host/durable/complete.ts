import { iso } from "../clock";
import type { Changes } from "../store/committer";
import { findInstance, type Instance, isTerminal, updateInstance } from "../store/instances";
import { deleteAllMessages, sendMessage } from "../store/messages";
import type { Engine } from "./engine";
import { arrival, EventType, type FailureDetails, type HistoryEvent, type ParentInstance } from "./history";

/** How an instance ends. `output` is JSON text when completed, else plain text. */
export type Outcome = {
  status: "Completed" | "Failed" | "Terminated";
  output: string | null;
  /** For the parent, of a failure. */
  details?: string;
  failureDetails?: FailureDetails | undefined;
};

/** Ends an instance: nothing can reach it any more, and its parent is told. */
export function finish(
  engine: Engine,
  changes: Changes,
  instance: Instance,
  outcome: Outcome,
  now: number,
): void {
  instance.status = outcome.status;
  instance.output = outcome.output;
  instance.updated = now;
  updateInstance(engine.db, instance);
  deleteAllMessages(engine.db, instance.n);
  changes.ended.push(instance.n);
  if (outcome.status === "Failed") {
    engine.log({
      level: "error",
      category: "host",
      message: `${instance.id} failed: ${outcome.output}`,
      functionName: instance.name,
      instanceId: instance.id,
    });
  }
  if (instance.parent) {
    tellParent(engine, changes, instance.parent, outcome, now);
  }
}

function tellParent(
  engine: Engine,
  changes: Changes,
  parent: ParentInstance,
  outcome: Outcome,
  now: number,
): void {
  const { InstanceId, ExecutionId } = parent.OrchestrationInstance;
  const target = findInstance(engine.db, InstanceId);
  if (!target || target.execution !== ExecutionId || isTerminal(target.status)) {
    return;
  }
  const event = resultEvent(parent.TaskScheduleId, outcome, iso(now));
  sendMessage(engine.db, changes, now, { n: target.n, execution: ExecutionId, event });
}

function resultEvent(TaskScheduledId: number, outcome: Outcome, timestamp: string): HistoryEvent {
  if (outcome.status === "Completed") {
    return arrival(EventType.SubOrchestrationInstanceCompleted, timestamp, {
      TaskScheduledId,
      Result: outcome.output,
    });
  }
  // Of a terminated child the details are null, which the library's executor can't read: the parent fails without
  // being able to catch it. That is what happens on Azure too.
  return arrival(EventType.SubOrchestrationInstanceFailed, timestamp, {
    TaskScheduledId,
    Reason: outcome.output,
    Details: outcome.details ?? null,
    FailureDetails: outcome.failureDetails ?? null,
  });
}
