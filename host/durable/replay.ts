import type { Answer } from "./answer";
import { Divergence } from "./divergence";
import { EventType, type FailureDetails, type HistoryEvent } from "./history";
import { ReplayState } from "./replay-state";
import type { Scheduled } from "./scheduled";
import { Script, type ScriptOptions, Unsupported } from "./script";

/** What a turn comes to. */
export type Verdict =
  | { kind: "waiting" }
  | { kind: "suspended"; reason: string | null }
  | { kind: "completed"; output: unknown }
  | { kind: "failed"; error: string; failureDetails: FailureDetails | undefined }
  | { kind: "diverged"; text: string }
  | { kind: "terminated"; reason: string | null }
  | { kind: "continued"; input: unknown; carried: HistoryEvent[] };

export type Replayed = {
  verdict: Verdict;
  /** What is sent out: nothing when the replay diverged or the instance is suspended. */
  work: Scheduled[];
  /** The next free number. */
  nextId: number;
};

type Walk = {
  state: ReplayState;
  script: Script;
  suspended: { reason: string | null } | undefined;
  held: HistoryEvent[];
  carried: HistoryEvent[];
  terminated: { reason: string | null } | undefined;
};

/**
 * Re-runs the action list against the whole history and so gives every action the number that the library gave it.
 * Comparing the list with the history by position would be wrong: retries and long timers take numbers in between.
 */
export function replay(history: HistoryEvent[], answer: Answer, options: ScriptOptions): Replayed {
  const state = new ReplayState(history);
  const walk: Walk = {
    state,
    script: new Script(state, answer.actions, options),
    suspended: undefined,
    held: [],
    carried: [],
    terminated: undefined,
  };
  try {
    for (const event of history) {
      process(walk, event);
    }
  } catch (error) {
    return { verdict: failure(error), work: [], nextId: state.nextId };
  }
  const verdict = conclude(walk, answer);
  const sends = verdict.kind !== "suspended" && verdict.kind !== "terminated";
  return { verdict, work: sends ? state.newWork() : [], nextId: state.nextId };
}

function failure(error: unknown): Verdict {
  if (error instanceof Divergence) {
    return { kind: "diverged", text: error.message };
  }
  if (error instanceof Unsupported) {
    return { kind: "failed", error: error.message, failureDetails: undefined };
  }
  throw error;
}

function process(walk: Walk, event: HistoryEvent): void {
  const { state } = walk;
  if (walk.suspended) {
    const passes =
      event.EventType === EventType.ExecutionResumed || event.EventType === EventType.ExecutionTerminated;
    if (!passes) {
      walk.held.push(event);
      return;
    }
  }
  switch (event.EventType) {
    case EventType.OrchestratorStarted:
      state.passes(event.Timestamp);
      break;
    case EventType.ExecutionStarted:
      walk.script.run();
      break;
    case EventType.TaskScheduled:
    case EventType.TimerCreated:
    case EventType.SubOrchestrationInstanceCreated:
      state.confirm(event);
      break;
    case EventType.TaskCompleted:
    case EventType.SubOrchestrationInstanceCompleted:
      state.complete(event.TaskScheduledId ?? -1, false);
      break;
    case EventType.TaskFailed:
    case EventType.SubOrchestrationInstanceFailed:
      state.complete(event.TaskScheduledId ?? -1, true);
      break;
    case EventType.TimerFired:
      state.complete(event.TimerId ?? -1, false);
      break;
    case EventType.EventRaised:
      raise(walk, event);
      break;
    case EventType.ExecutionSuspended:
      walk.suspended = { reason: event.Reason ?? null };
      state.setAside();
      break;
    case EventType.ExecutionResumed:
      resume(walk);
      break;
    case EventType.ExecutionTerminated:
      walk.terminated = { reason: event.Input ?? null };
      break;
    default:
      break;
  }
}

function raise(walk: Walk, event: HistoryEvent): void {
  if (walk.state.continued) {
    walk.carried.push(event);
  } else {
    walk.state.raise(event.Name ?? "");
  }
}

function resume(walk: Walk): void {
  if (!walk.suspended) {
    return;
  }
  walk.suspended = undefined;
  walk.state.restore();
  const held = walk.held;
  walk.held = [];
  for (const event of held) {
    process(walk, event);
  }
}

function conclude(walk: Walk, answer: Answer): Verdict {
  const { state, script } = walk;
  if (walk.terminated) {
    return { kind: "terminated", reason: walk.terminated.reason };
  }
  if (walk.suspended) {
    return { kind: "suspended", reason: walk.suspended.reason };
  }
  // Open tasks keep an instance running even after its function has returned: a timer nobody cancelled does.
  if (!script.ended || state.hasOpenTasks) {
    return { kind: "waiting" };
  }
  if (answer.error !== undefined) {
    return { kind: "failed", error: answer.error, failureDetails: answer.failureDetails };
  }
  if (state.continued) {
    return { kind: "continued", input: state.continued.input, carried: walk.carried };
  }
  return answer.isDone ? { kind: "completed", output: answer.output } : { kind: "waiting" };
}
