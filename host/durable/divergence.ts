import { EventType, type HistoryEvent } from "./history";
import type { Scheduled } from "./scheduled";

/** The code no longer does what the history says it did. */
export class Divergence extends Error {}

const words = {
  activity: "an activity task",
  timer: "a timer task",
  sub: "a sub-orchestration task",
} as const;

const producedNames = {
  activity: "ScheduleTaskOrchestratorAction",
  timer: "CreateTimerOrchestratorAction",
  sub: "CreateSubOrchestrationAction",
} as const;

export const changed =
  "Was a change made to the orchestrator code after this instance had already started running?";

export const kindOf = (event: HistoryEvent): Scheduled["kind"] | undefined => {
  switch (event.EventType) {
    case EventType.TaskScheduled:
      return "activity";
    case EventType.TimerCreated:
      return "timer";
    case EventType.SubOrchestrationInstanceCreated:
      return "sub";
    default:
      return undefined;
  }
};

/** Tells whether an action of this replay is the one that the history recorded under its number. */
export function sameAction(event: HistoryEvent, kind: Scheduled["kind"], action: Scheduled): boolean {
  return (
    action.kind === kind &&
    (action.kind === "timer" || action.name.toLowerCase() === event.Name?.toLowerCase())
  );
}

/** The real host's sentence for the first difference, then the history and this replay side by side. */
export function divergenceText(
  event: HistoryEvent,
  replayed: Scheduled | undefined,
  history: HistoryEvent[],
  started: Scheduled[],
): string {
  return `Non-Deterministic workflow detected: A previous execution of this orchestration scheduled ${sentence(event, replayed)}${table(history, started)}`;
}

function sentence(event: HistoryEvent, replayed: Scheduled | undefined): string {
  const kind = kindOf(event) ?? "activity";
  const id = event.EventId;
  if (!replayed) {
    const name = kind === "timer" ? "" : ` and name '${event.Name}' (version '${event.Version ?? ""}')`;
    return `${words[kind]} with sequence ID ${id}${name}, but the current replay execution hasn't (yet?) scheduled this task. ${changed}`;
  }
  const named = kind === "timer" ? "named" : `named '${event.Name}'`;
  const before = `${words[kind]} with sequence number ${id} ${named}`;
  return replayed.kind === kind && replayed.kind !== "timer"
    ? `${before}, but the current orchestration replay instead scheduled ${words[kind]} named '${replayed.name}' with this sequence number.  ${changed}`
    : `${before} but the current orchestration replay instead produced a ${producedNames[replayed.kind]} action with this sequence number. ${changed}`;
}

function table(history: HistoryEvent[], started: Scheduled[]): string {
  const recorded = new Map<number, string>();
  for (const event of history) {
    const kind = kindOf(event);
    if (kind) {
      recorded.set(event.EventId, kind === "timer" ? "timer" : `${label(kind)} ${event.Name}`);
    }
  }
  const replayed = new Map(
    started.map((action) => [
      action.id,
      action.kind === "timer" ? "timer" : `${label(action.kind)} ${action.name}`,
    ]),
  );
  const ids = [...new Set([...recorded.keys(), ...replayed.keys()])].sort((a, b) => a - b);
  const lines = ids.map((id) => {
    const before = recorded.get(id) ?? "(nothing yet)";
    const now = replayed.get(id) ?? "(nothing)";
    const same = before.toLowerCase() === now.toLowerCase() || !recorded.has(id);
    return `${same ? " " : ">"} ${id}: recorded ${before}, now ${now}`;
  });
  return `\n${lines.join("\n")}`;
}

const label = (kind: "activity" | "sub"): string => (kind === "activity" ? "activity" : "sub-orchestration");
