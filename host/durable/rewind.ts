import { iso } from "../clock";
import type { Changes } from "../store/committer";
import { appendHistory, deleteHistory, readHistory } from "../store/history-rows";
import { findInstance, type Instance, updateInstance } from "../store/instances";
import { sendMessage } from "../store/messages";
import type { Called } from "./client";
import type { Engine } from "./engine";
import { arrival, EventType, type HistoryEvent } from "./history";

/**
 * Takes a failed instance back to before its failures: what failed is blotted out of the history, and the next turn
 * schedules it again under its old number. Children that failed are rewound with it. As the real engine does, every
 * failed task is taken back, those that the code caught included.
 */
export function rewind(engine: Engine, id: string, reason: string | null): Promise<Called> {
  return engine.committer.commit("rewind", (changes): Called => {
    const instance = findInstance(engine.db, id);
    if (!instance) {
      return { kind: "unknown" };
    }
    if (instance.status !== "Failed") {
      return { kind: "conflict", status: instance.status };
    }
    rewindInstance(engine, changes, instance, reason);
    return { kind: "done" };
  });
}

function rewindInstance(engine: Engine, changes: Changes, instance: Instance, reason: string | null): void {
  const { db, cache, clock } = engine;
  const history = readHistory(db, instance.n);
  const failedTasks = numbersOf(history, EventType.TaskFailed);
  const failedChildren = numbersOf(history, EventType.SubOrchestrationInstanceFailed);
  const rewound = history.map((event) => (isUndone(event, failedTasks) ? blotted(event) : event));
  deleteHistory(db, instance.n);
  appendHistory(db, instance.n, 0, rewound);
  cache.delete(instance.n);
  const now = clock.now();
  updateInstance(db, { ...instance, status: "Running", output: null, updated: now, asked: null });
  const event = arrival(EventType.GenericEvent, iso(now), { Data: reason });
  sendMessage(db, changes, now, { n: instance.n, execution: instance.execution, event });
  for (const created of history) {
    const isChild = created.EventType === EventType.SubOrchestrationInstanceCreated;
    const child = isChild && failedChildren.has(created.EventId) && created.InstanceId;
    const found = child ? findInstance(db, child) : undefined;
    if (found?.status === "Failed") {
      rewindInstance(engine, changes, found, reason);
    }
  }
}

const numbersOf = (history: HistoryEvent[], code: HistoryEvent["EventType"]): Set<number> =>
  new Set(history.flatMap((event) => (event.EventType === code ? [event.TaskScheduledId ?? -1] : [])));

/** A child's creation stays: the child itself goes on, and answers under the old number. */
function isUndone(event: HistoryEvent, failedTasks: ReadonlySet<number>): boolean {
  switch (event.EventType) {
    case EventType.TaskFailed:
    case EventType.SubOrchestrationInstanceFailed:
      return true;
    case EventType.TaskScheduled:
      return failedTasks.has(event.EventId);
    case EventType.ExecutionCompleted:
      return true;
    default:
      return false;
  }
}

const blotted = ({ EventId, IsPlayed, Timestamp }: HistoryEvent): HistoryEvent => ({
  EventType: EventType.GenericEvent,
  Data: null,
  EventId,
  IsPlayed,
  Timestamp,
});
