import { type AppFunction, findFunction } from "../app/app";
import { invoke } from "../app/invoke";
import { messageOf } from "../host-error";
import type { Instance } from "../store/instances";
import { type Answer, readAnswer, readFailedAnswer } from "./answer";
import type { Engine } from "./engine";
import type { HistoryEvent } from "./history";

/** Timers further away than the first are a chain of timers of the second. Milliseconds, and as the library wants them. */
export const timerLimits = {
  maximumShortTimerMs: 6 * 24 * 3600 * 1000,
  longTimerIntervalMs: 3 * 24 * 3600 * 1000,
  maximumShortTimerDuration: "6.00:00:00",
  longRunningTimerIntervalDuration: "3.00:00:00",
};

/** The orchestrator's answer, or the reason why there is none: the instance fails with it. */
export type CallResult = { answer: Answer } | { failed: string };

/** Calls the orchestrator with the whole history. */
export async function callOrchestrator(
  engine: Engine,
  instance: Instance,
  history: HistoryEvent[],
  isReplaying: boolean,
): Promise<CallResult> {
  const fn = findFunction(engine.app, "orchestration", instance.name);
  if (!fn) {
    return { failed: unknownOrchestrator(engine, instance.name) };
  }
  const payload = JSON.stringify({
    history,
    input: instance.input === null ? null : JSON.parse(instance.input),
    instanceId: instance.id,
    isReplaying,
    parentInstanceId: instance.parent?.OrchestrationInstance.InstanceId ?? null,
    // The library insists on the old field although the new one, schema V4, wins.
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 3,
    longRunningTimerIntervalDuration: timerLimits.longRunningTimerIntervalDuration,
    maximumShortTimerDuration: timerLimits.maximumShortTimerDuration,
    defaultHttpAsyncRequestSleepTimeMillseconds: 30000,
  });
  return call(engine, fn, instance, payload);
}

async function call(
  engine: Engine,
  fn: AppFunction,
  instance: Instance,
  payload: string,
): Promise<CallResult> {
  const data = { string: payload };
  try {
    const response = await invoke(
      engine.app,
      fn,
      {
        input: data,
        client: engine.clientPayload(),
        triggerMetadata: { [fn.triggerKey]: data },
        instanceId: instance.id,
      },
      engine.log,
    );
    return { answer: readAnswer(response.returnValue?.json ?? "{}") };
  } catch (error) {
    const answer = readFailedAnswer(messageOf(error));
    return answer ? { answer } : { failed: messageOf(error) };
  }
}

function unknownOrchestrator(engine: Engine, name: string): string {
  const known = engine.app.functions
    .filter((fn) => fn.kind === "orchestration")
    .map((fn) => `'${fn.name}'`)
    .join(", ");
  return `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: The following are the known orchestrator functions: ${known}.`;
}
