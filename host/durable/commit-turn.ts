import { randomUUID } from "node:crypto";
import { iso } from "../clock";
import type { Changes } from "../store/committer";
import { appendHistory, deleteHistory } from "../store/history-rows";
import { type Instance, isTerminal, standingOf, updateInstance } from "../store/instances";
import { deleteActivities } from "../store/activity-rows";
import { deleteMessages, type Message, sendMessage } from "../store/messages";
import { finish, type Outcome } from "./complete";
import type { Engine } from "./engine";
import { arrival, EventType, executionStarted, type HistoryEvent, scheduled } from "./history";
import type { Replayed, Verdict } from "./replay";
import { idsOf, type Result } from "./results";
import { sendOut } from "./send-out";

/** A turn that is about to be committed. */
export type Turn = {
  instance: Instance;
  /** The committed history. */
  old: HistoryEvent[];
  /** What this turn brings in. */
  fresh: HistoryEvent[];
  consumed: Message[];
  /** Outcomes of activities that come in without having been messages. */
  results: Result[];
  /** The first call after continue-as-new: nothing new has come in. */
  resumed: boolean;
  /** Messages are left for the next turn. */
  more: boolean;
  /** Milliseconds. */
  now: number;
};

/**
 * Writes everything a turn comes to, in one transaction: the messages it consumed, the history, the instance, and
 * what it sends out. If the instance was failed, purged or replaced meanwhile, nothing is written.
 */
export async function commitTurn(
  engine: Engine,
  turn: Turn,
  replayed: Replayed & { customStatus: unknown },
): Promise<void> {
  const { instance } = turn;
  const written = await engine.committer.commit("turn", (changes) => {
    deleteActivities(engine.db, idsOf(turn.results));
    const current = standingOf(engine.db, instance.n);
    if (current?.execution !== instance.execution || isTerminal(current.status)) {
      return undefined;
    }
    deleteMessages(engine.db, turn.consumed);
    if (turn.more) {
      changes.wake.add(instance.n);
    }
    return write(engine, changes, turn, replayed);
  });
  if (written && !isTerminal(written.instance.status)) {
    engine.cache.set(written.instance, written.history);
  } else {
    engine.cache.delete(instance.n);
  }
}

type Written = { instance: Instance; history: HistoryEvent[] };

function write(
  engine: Engine,
  changes: Changes,
  turn: Turn,
  { verdict, work, nextId, customStatus }: Replayed & { customStatus: unknown },
): Written {
  const { now } = turn;
  const timestamp = iso(now);
  const ending = outcome(verdict, turn.instance);
  const keepStatus =
    verdict.kind === "failed" || verdict.kind === "diverged" || verdict.kind === "terminated";
  const instance: Instance = {
    ...turn.instance,
    status: "Running",
    output: null,
    customStatus:
      customStatus === undefined || customStatus === null
        ? keepStatus
          ? turn.instance.customStatus
          : null
        : JSON.stringify(customStatus),
    updated: now,
  };
  if (verdict.kind === "continued") {
    return continueAsNew(engine, changes, instance, verdict, now);
  }
  if (verdict.kind === "suspended") {
    instance.status = "Suspended";
    instance.output = verdict.reason;
  }
  const events = [...turn.fresh, ...sendOut(engine, changes, instance, work, now)];
  if (ending) {
    events.push(
      scheduled(EventType.ExecutionCompleted, nextId, timestamp, {
        OrchestrationStatus: ending.status,
        Result: ending.output,
        FailureDetails: ending.failureDetails ?? null,
      }),
    );
  }
  // As recorded: the first call after continue-as-new adds no second end when it schedules nothing.
  if (!turn.resumed || events.length > 0) {
    events.push(arrival(EventType.OrchestratorCompleted, timestamp));
  }
  appendHistory(engine.db, instance.n, turn.old.length, events);
  if (ending) {
    finish(engine, changes, instance, ending, now);
  } else {
    updateInstance(engine.db, instance);
  }
  return { instance, history: [...turn.old, ...events] };
}

function outcome(verdict: Verdict, instance: Instance): Outcome | undefined {
  switch (verdict.kind) {
    case "completed": {
      const { output } = verdict;
      return {
        status: "Completed",
        output: output === undefined || output === null ? null : JSON.stringify(output),
      };
    }
    case "failed":
      return {
        status: "Failed",
        output: `Orchestrator function '${instance.name}' failed: ${verdict.error}`,
        details: `Message: ${verdict.error}, StackTrace: `,
        failureDetails: verdict.failureDetails,
      };
    case "diverged":
      return {
        status: "Failed",
        output: verdict.text,
        details: `Message: ${verdict.text}, StackTrace: `,
      };
    case "terminated":
      return { status: "Terminated", output: verdict.reason };
    default:
      return undefined;
  }
}

/** A new execution under the same id. It begins with its start, the events carried over, and nothing of the old. */
function continueAsNew(
  engine: Engine,
  changes: Changes,
  before: Instance,
  verdict: Extract<Verdict, { kind: "continued" }>,
  now: number,
): Written {
  const { input } = verdict;
  const instance: Instance = {
    ...before,
    execution: randomUUID().replaceAll("-", ""),
    input: input === undefined || input === null ? null : JSON.stringify(input),
    created: now,
    asked: null,
  };
  const timestamp = iso(now);
  const history = [
    arrival(EventType.OrchestratorStarted, timestamp),
    executionStarted(timestamp, {
      instanceId: instance.id,
      executionId: instance.execution,
      name: instance.name,
      version: instance.version,
      input: instance.input,
      parent: instance.parent,
      generation: null,
    }),
    ...verdict.carried,
    { ...arrival(EventType.OrchestratorCompleted, timestamp), IsPlayed: true },
  ];
  deleteHistory(engine.db, instance.n);
  appendHistory(engine.db, instance.n, 0, history);
  updateInstance(engine.db, instance);
  sendMessage(engine.db, changes, now, { n: instance.n, execution: instance.execution, event: null });
  return { instance, history };
}
