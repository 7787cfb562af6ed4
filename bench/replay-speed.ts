import { EventType } from "../host/index";
import { loadWorkload } from "./inside";

/** The history of a chain with so many completed activities, its timestamps as the library wants them. */
function historyOf(completed: number): object[] {
  const event = (code: number, fields: object = {}): object => ({
    EventType: code,
    EventId: -1,
    IsPlayed: true,
    Timestamp: new Date(),
    ...fields,
  });
  const history = [
    event(EventType.OrchestratorStarted),
    event(EventType.ExecutionStarted, { Name: "chain" }),
  ];
  for (let at = 0; at < completed; at += 1) {
    history.push(
      event(EventType.TaskScheduled, { EventId: at, Name: "snapshot" }),
      event(EventType.OrchestratorCompleted),
      event(EventType.OrchestratorStarted),
      event(EventType.TaskCompleted, { TaskScheduledId: at, Result: "{}" }),
    );
  }
  return history;
}

/**
 * Microseconds of one replay of 100 completed activities by the library alone, without a host: says how fast the
 * machine is at the moment, in the currency that matters here.
 */
export async function replaySpeed(): Promise<number> {
  const app = await loadWorkload();
  const chain = app.functions.find(({ name }) => name === "chain");
  const trigger = {
    history: historyOf(100),
    input: { length: 1000 },
    instanceId: "replay",
    isReplaying: true,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: "3.00:00:00",
    maximumShortTimerDuration: "6.00:00:00",
  };
  const replays = 500;
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const began = performance.now();
    for (let at = 0; at < replays; at += 1) {
      await chain?.callback(trigger, {});
    }
    best = Math.min(best, (1000 * (performance.now() - began)) / replays);
  }
  return best;
}
