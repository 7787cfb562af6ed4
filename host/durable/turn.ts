import { iso } from "../clock";
import { readHistory } from "../store/history-rows";
import { type Instance, instanceAt, isTerminal } from "../store/instances";
import { deleteAllMessages, deleteMessages, dueMessages, type Message } from "../store/messages";
import type { Answer } from "./answer";
import { commitTurn, type Turn } from "./commit-turn";
import type { Engine } from "./engine";
import { arrival, EventType, type HistoryEvent } from "./history";
import { callOrchestrator, timerLimits } from "./orchestration-call";
import { type Replayed, replay } from "./replay";
import { versionAllowed } from "./versions";

/** "rejected": the instance's version is not for this host, and its messages stay for another one. */
export type TurnResult = "done" | "rejected";

/** UTF-16 bytes of a custom status as JSON. */
const customStatusLimit = 16 * 1024;

/** Processes what has arrived for one instance: one call of the orchestrator, one transaction. */
export async function runTurn(engine: Engine, n: number): Promise<TurnResult> {
  const instance = instanceAt(engine.db, n);
  if (!instance) {
    return "done";
  }
  const messages = dueMessages(engine.db, n, engine.clock.now());
  if (isTerminal(instance.status)) {
    await engine.committer.commit("turn", () => deleteAllMessages(engine.db, n));
    return "done";
  }
  const turn = prepare(engine, instance, messages);
  if (!turn) {
    await engine.committer.commit("turn", () => deleteMessages(engine.db, messages));
    return "done";
  }
  if (!versionAllowed(instance.version, engine.settings)) {
    return refuseVersion(engine, turn);
  }
  const before = turn.resumed ? [] : turn.old;
  const called = await callOrchestrator(engine, instance, visible(turn), before.length > 0);
  await commitTurn(engine, turn, conclude(engine, turn, called));
  return "done";
}

/** Puts together the history that this turn sees; undefined when every message was for an earlier execution. */
function prepare(engine: Engine, instance: Instance, messages: Message[]): Turn | undefined {
  const { n, execution } = instance;
  const old = engine.cache.get(n, execution) ?? readHistory(engine.db, n);
  const current = messages.filter((one) => one.execution === null || one.execution === execution);
  const resumed = current.find((one) => one.event === null);
  if (resumed) {
    const more = messages.length > 1;
    return { instance, old, fresh: [], consumed: [resumed], resumed: true, more, now: turnTime(engine, old) };
  }
  const arrived = current.flatMap((one) => (one.event ? [one.event] : []));
  if (arrived.length === 0) {
    return undefined;
  }
  const now = turnTime(engine, old);
  const fresh = [arrival(EventType.OrchestratorStarted, iso(now)), ...arrived];
  return { instance, old, fresh, consumed: messages, resumed: false, more: false, now };
}

/** Never before the last turn: the library's clock and the timers' lengths come from it. */
function turnTime(engine: Engine, old: HistoryEvent[]): number {
  const last = old.findLast((event) => event.EventType === EventType.OrchestratorStarted);
  return Math.max(engine.clock.now(), last ? Date.parse(last.Timestamp) : 0);
}

/** The history as the library sees it: what this turn brings is not played yet. */
function visible(turn: Turn): HistoryEvent[] {
  if (turn.resumed) {
    // After continue-as-new the start is new, while the events carried over count as played.
    return turn.old.map((event) =>
      event.EventType === EventType.EventRaised ? event : { ...event, IsPlayed: false },
    );
  }
  return [...turn.old, ...turn.fresh.map((event) => ({ ...event, IsPlayed: false }))];
}

function conclude(
  engine: Engine,
  turn: Turn,
  called: Awaited<ReturnType<typeof callOrchestrator>>,
): Replayed & { customStatus: unknown } {
  if ("failed" in called) {
    const verdict = { kind: "failed", error: called.failed, failureDetails: undefined } as const;
    return { verdict, work: [], nextId: 0, customStatus: undefined };
  }
  const { answer } = called;
  const { instance } = turn;
  const replayed = replay([...turn.old, ...turn.fresh], withinLimits(answer), {
    executionId: instance.execution,
    instanceId: instance.id,
    parentInstanceId: instance.parent?.OrchestrationInstance.InstanceId ?? null,
    maximumShortTimerMs: timerLimits.maximumShortTimerMs,
    longTimerIntervalMs: timerLimits.longTimerIntervalMs,
    maximumActions: engine.settings.maximumActions,
  });
  return { ...replayed, customStatus: answer.customStatus };
}

function withinLimits(answer: Answer): Answer {
  const size = answer.customStatus === undefined ? 0 : 2 * JSON.stringify(answer.customStatus).length;
  if (size <= customStatusLimit) {
    return answer;
  }
  const error = `The UTF-16 size of the JSON-serialized payload must not exceed 16 KB. The current payload size is ${Math.round(size / 1024)} KB.`;
  return { ...answer, actions: [], isDone: false, error, customStatus: undefined };
}

async function refuseVersion(engine: Engine, turn: Turn): Promise<TurnResult> {
  const { instance } = turn;
  const { defaultVersion, versionFailure } = engine.settings;
  engine.log({
    level: "warning",
    category: "host",
    message: `Instance ${instance.id} has version ${instance.version ?? "(none)"}, which this host of version ${defaultVersion ?? "(none)"} must not run.`,
    functionName: instance.name,
    instanceId: instance.id,
  });
  if (versionFailure === "Reject") {
    return "rejected";
  }
  const text = "VersionMismatch: Orchestration version did not comply with Worker Versioning";
  await commitTurn(engine, turn, {
    verdict: { kind: "diverged", text },
    work: [],
    nextId: 0,
    customStatus: undefined,
  });
  return "done";
}
