import { iso } from "../clock";
import type { Engine } from "../durable/engine";
import { EventType, type HistoryEvent } from "../durable/history";
import type { ActivityRow } from "../store/activity-rows";
import { instanceAt } from "../store/instances";
import type { Hostile } from "./hostile";

type Noted = Pick<Engine, "log" | "db">;

/** Between instances of the real host a message waits up to the polling interval, 30 s unless configured. */
const pollingInterval = 30_000;

/** A step that finished while its host was dying was heard of 57 s later. */
const lateResult = 57_000;

/** When an external event arrives; every other message of a client comes at once. Milliseconds, like all here. */
export function eventDue(
  engine: Noted,
  hostile: Hostile,
  id: string,
  event: HistoryEvent,
  now: number,
): number {
  if (event.EventType !== EventType.EventRaised || !hostile.chance(hostile.rates.lateEvent)) {
    return now;
  }
  const delay = 1 + hostile.upTo(pollingInterval - 1);
  hostile.note(now, engine.log, `event '${event.Name}' for ${id} comes ${delay / 1000} s late`);
  return now + delay;
}

export function resultDue(engine: Noted, hostile: Hostile, activity: ActivityRow, now: number): number {
  if (!hostile.chance(hostile.rates.lateResult)) {
    return now;
  }
  const delay = 1 + hostile.upTo(lateResult - 1);
  const of = instanceAt(engine.db, activity.n)?.id;
  hostile.note(
    now,
    engine.log,
    `the result of '${activity.name}' (task ${activity.task}) reaches ${of} ${delay / 1000} s late`,
  );
  return now + delay;
}

/**
 * When a durable timer fires: the real queues cut a wait to whole seconds. A shorter wait keeps its length, so that a
 * chain of timers whose last one is early comes to its end on a clock that stands still.
 */
export function timerDue(engine: Noted, hostile: Hostile, timer: HistoryEvent, now: number): number {
  const fireAt = Date.parse(timer.FireAt ?? "");
  if (fireAt - now < 1000 || !hostile.chance(hostile.rates.earlyTimer)) {
    return fireAt;
  }
  const early = 1 + hostile.upTo(999);
  hostile.note(now, engine.log, `the timer for ${iso(fireAt)} is to fire ${early} ms early`);
  return fireAt - early;
}

const movable: ReadonlySet<number> = new Set([
  EventType.TaskCompleted,
  EventType.TaskFailed,
  EventType.SubOrchestrationInstanceCompleted,
  EventType.SubOrchestrationInstanceFailed,
  EventType.TimerFired,
  EventType.EventRaised,
]);

/** Results, firings and events of one turn in any order; what starts or ends an instance stays where it is. */
export function disordered(
  engine: Noted & Pick<Engine, "clock">,
  hostile: Hostile,
  id: string,
  events: HistoryEvent[],
): HistoryEvent[] {
  const moved = events.filter((event) => movable.has(event.EventType));
  if (moved.length < 2 || !hostile.chance(hostile.rates.disorder)) {
    return events;
  }
  const order = hostile.shuffled(moved);
  const told = order.map((event) => event.Name ?? event.TaskScheduledId ?? event.TimerId).join(", ");
  hostile.note(engine.clock.now(), engine.log, `${id} gets what came for it in another order: ${told}`);
  return events.map((event) => (movable.has(event.EventType) ? (order.shift() ?? event) : event));
}
