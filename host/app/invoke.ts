import { randomUUID } from "node:crypto";
import type { LogSink } from "../log";
import type { App, AppFunction } from "./app";
import type { CoreInvocationContext, InvocationResponse, RetryContext, TypedData } from "./core-types";
import { metadataOnDemand } from "./trigger-metadata";

export type Invocation = {
  input: TypedData;
  /** The trigger's value as the handler gets it, instead of `input`: saves making text of it and reading that. */
  readyInput?: unknown;
  /** The durable client's addresses, for each binding that wants them. */
  client: string | undefined;
  triggerMetadata?: () => Record<string, TypedData>;
  retryContext?: RetryContext;
  /** Added to every log line of this invocation. */
  instanceId?: string;
};

/** The durable library hangs an orchestrator's own context onto the invocation's. */
type Seen = { context: { df?: { isReplaying?: boolean } } | undefined };

/** Calls a function as the real worker does, hooks included. Throws what the function threw, always as an Error. */
export async function invoke(
  app: App,
  fn: AppFunction,
  invocation: Invocation,
  log: LogSink,
): Promise<InvocationResponse> {
  const hookData = {};
  const seen: Seen = { context: undefined };
  const core = coreContext(fn, invocation, withLogHooks(app, hookData, seen, log), seen);
  const model = await app.model?.getInvocationModel(core);
  if (!model) {
    throw new Error("The app has not loaded @azure/functions through this host.");
  }
  const { context, inputs } = await model.getArguments();
  seen.context = context as Seen["context"];
  if (invocation.readyInput !== undefined) {
    inputs[0] = invocation.readyInput;
  }
  if (invocation.triggerMetadata) {
    metadataOnDemand(context, invocation.triggerMetadata);
  }
  const { appHookData } = app;
  const before = { hookData, appHookData, invocationContext: context, functionCallback: fn.callback, inputs };
  core.state = "preInvocationHooks";
  for (const hook of app.hooks.preInvocation) {
    await hook(before);
  }
  core.state = "invocation";
  let result: unknown = null;
  let failure: unknown = null;
  try {
    result = await model.invokeFunction(context, before.inputs, before.functionCallback);
  } catch (error) {
    failure = toError(error);
  }
  const after = {
    hookData,
    appHookData,
    invocationContext: context,
    inputs: before.inputs,
    result,
    error: failure,
  };
  core.state = "postInvocationHooks";
  for (const hook of app.hooks.postInvocation) {
    await hook(after);
  }
  core.state = undefined;
  if (after.error !== null && after.error !== undefined) {
    throw toError(after.error);
  }
  return model.getResponse(context, after.result);
}

function coreContext(
  fn: AppFunction,
  invocation: Invocation,
  log: LogSink,
  seen: Seen,
): CoreInvocationContext {
  const invocationId = randomUUID();
  const inputData = [{ name: fn.triggerKey, data: invocation.input }];
  if (invocation.client !== undefined) {
    for (const name of fn.clientKeys) {
      inputData.push({ name, data: { string: invocation.client } });
    }
  }
  const about = {
    functionName: fn.name,
    ...(invocation.instanceId === undefined ? {} : { instanceId: invocation.instanceId }),
  };
  return {
    invocationId,
    metadata: fn.metadata,
    request: {
      invocationId,
      functionId: fn.name,
      inputData,
      triggerMetadata: {},
      traceContext: { traceParent: "", traceState: "", attributes: {} },
      ...(invocation.retryContext ? { retryContext: invocation.retryContext } : {}),
    },
    state: undefined,
    log(level, category, message) {
      const replay = seen.context?.df?.isReplaying;
      log({ level, category, message, ...about, ...(replay === undefined ? {} : { replay }) });
    },
  };
}

/** Log hooks see every line, and may change those of users. */
function withLogHooks(app: App, hookData: object, seen: Seen, log: LogSink): LogSink {
  const hooks = app.hooks.log;
  if (hooks.length === 0) {
    return log;
  }
  return (entry) => {
    const { level, message, category } = entry;
    const { appHookData } = app;
    const context = { hookData, appHookData, level, message, category, invocationContext: seen.context };
    for (const hook of hooks) {
      void hook(context);
    }
    log(category === "user" ? { ...entry, level: context.level, message: context.message } : entry);
  };
}

/** A thrown string or object becomes an Error with its text, as in the real worker. */
function toError(thrown: unknown): Error {
  if (thrown instanceof Error) {
    return thrown;
  }
  if (typeof thrown === "object" && thrown !== null && "message" in thrown && "stack" in thrown) {
    return thrown as Error;
  }
  return new Error(typeof thrown === "string" ? thrown : (JSON.stringify(thrown) ?? String(thrown)));
}
