import { findFunction } from "../app/app";
import { invoke } from "../app/invoke";
import { iso } from "../clock";
import { type ActivityRow, activityAt, deleteActivity } from "../store/activity-rows";
import { isTerminal, standingOf } from "../store/instances";
import { resultDue } from "../hostile/messages";
import { send } from "../store/messages";
import {
  activityFailure,
  activityInput,
  activityMetadata,
  activityResult,
  plainFailure,
} from "./activity-values";
import type { Engine } from "./engine";
import { arrival, EventType, type HistoryEvent } from "./history";

/** Runs one activity and commits its result. At least once: a crash before the commit runs it again. */
export async function runActivity(engine: Engine, id: number, timeoutMs: number | undefined): Promise<void> {
  const activity = activityAt(engine.db, id);
  if (activity) {
    await deliver(engine, activity, await carryOut(engine, activity, timeoutMs));
  }
}

/** Into a turn, or by itself: resolves when it is committed. */
async function deliver(engine: Engine, activity: ActivityRow, outcome: ActivityOutcome): Promise<void> {
  const now = engine.clock.now();
  const brought = engine.results?.bring(activity, resultEvent(activity, outcome, now), now);
  if (brought === undefined || (await brought) === "left") {
    await commitResult(engine, activity, outcome);
  }
}

const resultEvent = (activity: ActivityRow, { code, fields }: ActivityOutcome, now: number): HistoryEvent =>
  arrival(code, iso(now), { TaskScheduledId: activity.task, ...fields });

export type ActivityOutcome = { code: HistoryEvent["EventType"]; fields: Parameters<typeof arrival>[2] };

/** The one place where an activity's outcome is made; a result for an instance that has ended is dropped here. */
export async function commitResult(
  engine: Engine,
  activity: ActivityRow,
  outcome: ActivityOutcome,
): Promise<void> {
  const { n, execution } = activity;
  await engine.committer.commit("activity", (changes) => {
    if (!deleteActivity(engine.db, activity.id)) {
      return;
    }
    const current = standingOf(engine.db, n);
    if (current?.execution !== execution || isTerminal(current.status)) {
      return;
    }
    const now = engine.clock.now();
    const event = resultEvent(activity, outcome, now);
    const due = engine.hostile === undefined ? now : resultDue(engine, engine.hostile, activity, now);
    send(engine.db, changes, now, due, { n, execution, event });
  });
}

/** Runs the function itself, and writes nothing. */
export async function carryOut(
  engine: Engine,
  activity: ActivityRow,
  timeoutMs: number | undefined,
): Promise<ActivityOutcome> {
  const { instanceId } = activity;
  const fn = findFunction(engine.app, "activity", activity.name);
  const failed = (message: string, fields: ActivityOutcome["fields"]): ActivityOutcome => {
    engine.log({
      level: "error",
      category: "host",
      message,
      functionName: activity.name,
      instanceId,
    });
    return { code: EventType.TaskFailed, fields };
  };
  if (!fn) {
    // On Azure the orchestration would hang for ever without a word.
    const text = `Activity function '${activity.name}' does not exist.`;
    return failed(`${instanceId} calls an unknown activity: ${text}`, plainFailure(activity.name, text));
  }
  const input = activityInput(activity.input);
  try {
    const call = invoke(
      engine.app,
      fn,
      {
        input: input === undefined ? {} : { string: input },
        client: engine.clientPayload(),
        triggerMetadata: () => activityMetadata(fn.triggerKey, instanceId, input),
        instanceId,
      },
      engine.log,
    );
    const response = await (timeoutMs === undefined ? call : within(timeoutMs, activity.name, call));
    return { code: EventType.TaskCompleted, fields: { Result: activityResult(response.returnValue) } };
  } catch (error) {
    const thrown = error instanceof Error ? error : new Error(String(error));
    return failed(
      `Activity '${fn.name}' of ${instanceId} failed: ${thrown.message}`,
      activityFailure(activity.name, thrown),
    );
  }
}

/** A handler can't be stopped from outside: after the time-out it runs on and its result is ignored. */
function within<T>(milliseconds: number, name: string, call: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = milliseconds / 1000;
      reject(new Error(`Timeout value of ${seconds} s exceeded by function 'Functions.${name}'.`));
    }, milliseconds);
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
