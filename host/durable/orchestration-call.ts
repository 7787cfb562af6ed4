import { type AppFunction, findFunction } from "../app/app";
import type { TypedData } from "../app/core-types";
import { invoke } from "../app/invoke";
import { messageOf } from "../host-error";
import type { Instance } from "../store/instances";
import { type Answer, readAnswer, readFailedAnswer } from "./answer";
import type { Engine } from "./engine";
import type { SeenEvent } from "./seen-event";

/** Timers further away than the first are a chain of timers of the second. Milliseconds, and as the library wants them. */
export const timerLimits = {
  maximumShortTimerMs: 6 * 24 * 3600 * 1000,
  longTimerIntervalMs: 3 * 24 * 3600 * 1000,
  maximumShortTimerDuration: "6.00:00:00",
  longRunningTimerIntervalDuration: "3.00:00:00",
};

/** The orchestrator's answer, or the reason why there is none: the instance fails with it. */
export type CallResult = { answer: Answer } | { failed: string };

/** What a call needs of the host. */
type Caller = Pick<Engine, "app" | "log" | "clientPayload">;

/** Calls the orchestrator with the whole history. */
export async function callOrchestrator(
  engine: Caller,
  instance: Instance,
  history: SeenEvent[],
  isReplaying: boolean,
): Promise<CallResult> {
  const fn = findFunction(engine.app, "orchestration", instance.name);
  if (!fn) {
    return { failed: unknownOrchestrator(engine, instance.name) };
  }
  const fields = {
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
  };
  const trigger = withHistory(fields, history);
  return call(engine, fn, instance, trigger, () => ({
    ...metadata(fields),
    [fn.triggerKey]: { string: JSON.stringify(trigger) },
  }));
}

/**
 * The trigger's value. The library looks for timestamps that are text in everything it can enumerate, which takes
 * longer than the replay itself; here they are dates already, so the history is there but not enumerated. As JSON
 * the value is what it always was.
 */
function withHistory(fields: Record<string, unknown>, history: SeenEvent[]): object {
  return Object.defineProperties(
    { ...fields },
    { history: { value: history }, toJSON: { value: () => ({ history, ...fields }) } },
  );
}

/** What comes with the trigger besides itself: each of its plain members as text, a flag in the spelling of .NET. */
function metadata(fields: Record<string, unknown>): Record<string, TypedData> {
  const found: Record<string, TypedData> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined && !Array.isArray(value)) {
      const text = typeof value === "boolean" ? (value ? "True" : "False") : value;
      found[name] = { string: typeof text === "string" ? text : JSON.stringify(text) };
    }
  }
  return found;
}

async function call(
  engine: Caller,
  fn: AppFunction,
  instance: Instance,
  trigger: unknown,
  triggerMetadata: () => Record<string, TypedData>,
): Promise<CallResult> {
  try {
    const response = await invoke(
      engine.app,
      fn,
      {
        // Nothing that is read as JSON: the library gets what is ready.
        input: { int: 0 },
        readyInput: trigger,
        client: engine.clientPayload(),
        triggerMetadata,
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

function unknownOrchestrator(engine: Caller, name: string): string {
  const known = engine.app.functions
    .filter((fn) => fn.kind === "orchestration")
    .map((fn) => `'${fn.name}'`)
    .join(", ");
  return `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function. Additional info: The following are the known orchestrator functions: ${known}.`;
}
