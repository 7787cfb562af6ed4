import { iso } from "../clock";
import { disordered } from "../hostile/messages";
import { deleteActivities } from "../store/activity-rows";
import { readHistory } from "../store/history-rows";
import { type Instance, instanceAt, isTerminal, standingOf } from "../store/instances";
import { deleteAllMessages, deleteMessages, dueMessages, type Message } from "../store/messages";
import type { Answer } from "./answer";
import { examine, readAsked } from "./asked";
import { commitTurn, type Turn } from "./commit-turn";
import type { Engine } from "./engine";
import { arrival, EventType, type HistoryEvent } from "./history";
import { callOrchestrator, timerLimits } from "./orchestration-call";
import { type Replayed, replay } from "./replay";
import type { ScriptOptions } from "./script";
import { idsOf, type Result } from "./results";
import { forOneCall, type SeenEvent, seen } from "./seen-event";
import { versionAllowed } from "./versions";

/** "rejected": the instance's version is not for this host, and its messages stay for another one. */
export type TurnResult = "done" | "rejected";

/** UTF-16 bytes of a custom status as JSON. */
const customStatusLimit = 16 * 1024;

/** Processes what has arrived for one instance: one call of the orchestrator, one transaction. */
export async function runTurn(engine: Engine, n: number): Promise<TurnResult> {
  const results = engine.results?.take(n) ?? [];
  let taken = false;
  try {
    const result = await turnWith(engine, n, results);
    taken = result === "done";
    return result;
  } finally {
    for (const result of results) {
      result.settle(taken ? "taken" : "left");
    }
  }
}

async function turnWith(engine: Engine, n: number, results: Result[]): Promise<TurnResult> {
  const instance = instanceNow(engine, n);
  const messages = dueMessages(engine.db, n, engine.clock.now());
  const ended = !instance || isTerminal(instance.status);
  const turn = ended ? undefined : prepare(engine, instance, messages, results);
  if (ended || !turn) {
    const dropped = await engine.committer.commit("turn", () => {
      const standing = standingOf(engine.db, n);
      if (ended !== (!standing || isTerminal(standing.status))) {
        return false;
      }
      if (ended) {
        deleteAllMessages(engine.db, n);
      }
      deleteMessages(engine.db, messages);
      deleteActivities(engine.db, idsOf(results));
      return true;
    });
    // What had ended may have been rewound since, in the same group even: what it has got then is not to be dropped.
    return dropped ? "done" : turnWith(engine, n, results);
  }
  if (!versionAllowed(instance.version, engine.settings)) {
    return refuseVersion(engine, turn);
  }
  const before = turn.resumed ? [] : turn.old;
  const called = await callOrchestrator(engine, instance, visible(engine, turn), before.length > 0);
  await commitTurn(engine, turn, conclude(engine, turn, called));
  return "done";
}

/** The instance, as the turn's own: what the last turn left is not read again. */
function instanceNow(engine: Engine, n: number): Instance | undefined {
  const standing = standingOf(engine.db, n);
  const kept = standing && !isTerminal(standing.status) && engine.cache.get(n, standing.execution);
  return kept ? { ...kept.instance } : instanceAt(engine.db, n);
}

/** Puts together the history that this turn sees; undefined when every message was for an earlier execution. */
function prepare(
  engine: Engine,
  instance: Instance,
  messages: Message[],
  results: Result[],
): Turn | undefined {
  const { n, execution } = instance;
  const old = engine.cache.get(n, execution)?.events ?? readHistory(engine.db, n);
  const current = messages.filter((one) => one.execution === null || one.execution === execution);
  const resumed = current.find((one) => one.event === null);
  if (resumed) {
    const more = messages.length > 1;
    const now = turnTime(engine, old);
    return { instance, old, fresh: [], consumed: [resumed], results, resumed: true, more, now };
  }
  const came = inOrder(current, results, execution);
  const arrived = engine.hostile === undefined ? came : disordered(engine, engine.hostile, instance.id, came);
  if (arrived.length === 0) {
    return undefined;
  }
  const now = turnTime(engine, old);
  const fresh = [arrival(EventType.OrchestratorStarted, iso(now)), ...arrived];
  return { instance, old, fresh, consumed: messages, results, resumed: false, more: false, now };
}

/** Everything that has come for this execution, the earliest first. */
function inOrder(messages: Message[], results: Result[], execution: string): HistoryEvent[] {
  const events = messages.flatMap(({ event, due }) => (event ? [{ event, at: due }] : []));
  for (const { activity, event, at } of results) {
    if (activity.execution === execution) {
      events.push({ event, at });
    }
  }
  return events.sort((a, b) => a.at - b.at).map(({ event }) => event);
}

/** Never before the last turn: the library's clock and the timers' lengths come from it. */
function turnTime(engine: Engine, old: HistoryEvent[]): number {
  const last = old.findLast((event) => event.EventType === EventType.OrchestratorStarted);
  return Math.max(engine.clock.now(), last ? Date.parse(last.Timestamp) : 0);
}

/** The history as the library sees it: what this turn brings is not played yet. */
function visible(engine: Engine, turn: Turn): SeenEvent[] {
  if (turn.resumed) {
    // After continue-as-new the start is new, while the events carried over count as played.
    return turn.old.map((event) => seen(event, event.EventType === EventType.EventRaised && event.IsPlayed));
  }
  const old = forOneCall(engine.cache.views(turn.instance.n, turn.old));
  return [...old, ...turn.fresh.map((event) => seen(event, false))];
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
  const replayed = replay(
    [...turn.old, ...turn.fresh],
    withinLimits(answer),
    scriptOptions(engine, turn.instance),
  );
  return { ...examined(engine, turn.instance, answer, replayed), customStatus: answer.customStatus };
}

export const scriptOptions = (engine: Pick<Engine, "settings">, instance: Instance): ScriptOptions => ({
  executionId: instance.execution,
  instanceId: instance.id,
  parentInstanceId: instance.parent?.OrchestrationInstance.InstanceId ?? null,
  maximumShortTimerMs: timerLimits.maximumShortTimerMs,
  longTimerIntervalMs: timerLimits.longTimerIntervalMs,
  maximumActions: engine.settings.maximumActions,
});

/** Looks for what the replay can't see: other events than before fail the instance, other inputs are said once. */
function examined(engine: Engine, instance: Instance, answer: Answer, replayed: Replayed): Replayed {
  const { asked, contradiction } = examine(readAsked(instance.asked), answer.actions);
  const told = contradiction?.kind === "inputs" && asked.told !== true;
  if (told) {
    asked.told = true;
    engine.log({
      level: "warning",
      category: "host",
      message: `${instance.id}: ${contradiction.text}. Either the code of '${instance.name}' has changed, or it passes on an object that it changes later.`,
      functionName: instance.name,
      instanceId: instance.id,
    });
  }
  instance.asked = JSON.stringify(asked);
  return contradiction?.kind === "events" && replayed.verdict.kind !== "diverged"
    ? { verdict: { kind: "diverged", text: contradiction.text }, work: [], nextId: replayed.nextId }
    : replayed;
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
