import { EventType, type HistoryEvent } from "../durable/history";
import { parsed } from "./parsed";

export type RenderedEvent = Record<string, unknown>;

const names = Object.fromEntries(Object.entries(EventType).map(([name, code]) => [code, name]));

const inner = new Set([
  "EventId",
  "IsPlayed",
  "TaskScheduledId",
  "TimerId",
  "Version",
  "OrchestrationInstance",
  "ParentInstance",
  "Tags",
]);

/** The history for people: what was scheduled is folded into its result, numbers are left out. */
export function renderHistory(
  history: HistoryEvent[],
  options: { showOutput: boolean; showInput: boolean },
): RenderedEvent[] {
  const scheduled = new Map<number, HistoryEvent>();
  const rows: RenderedEvent[] = [];
  for (const event of history) {
    switch (event.EventType) {
      case EventType.TaskScheduled:
      case EventType.SubOrchestrationInstanceCreated:
        scheduled.set(event.EventId, event);
        break;
      case EventType.OrchestratorStarted:
      case EventType.OrchestratorCompleted:
        break;
      default:
        rows.push(render(event, scheduled.get(event.TaskScheduledId ?? -1), options));
    }
  }
  return rows;
}

function render(
  event: HistoryEvent,
  began: HistoryEvent | undefined,
  options: { showOutput: boolean; showInput: boolean },
): RenderedEvent {
  const row: RenderedEvent = { EventType: names[event.EventType] };
  for (const [key, value] of Object.entries(event)) {
    if (key === "EventType" || key === "Timestamp" || inner.has(key)) {
      continue;
    }
    if (key === "Result") {
      if (options.showOutput) {
        row[key] = parsed(event.Result);
      }
    } else if (event.EventType !== EventType.ExecutionStarted) {
      row[key] = value;
    } else if (key !== "Name" && (key !== "Input" || options.showInput)) {
      row[key] = value;
    }
  }
  row["Timestamp"] = event.Timestamp;
  if (event.EventType === EventType.ExecutionStarted) {
    row["FunctionName"] = event.Name;
  }
  if (began) {
    row["ScheduledTime"] = began.Timestamp.replace(/Z$/, "+00:00");
    row["FunctionName"] = began.Name;
    if (options.showInput) {
      row["Input"] = began.Input ?? null;
    }
  }
  return row;
}
