import { classify, isDurableClient, type TriggerKind } from "./classify";
import type {
  Binding,
  FunctionCallback,
  FunctionMetadata,
  HookCallback,
  HookName,
  ProgrammingModel,
} from "./core-types";
import { type Collection, registry } from "./registry";

export type AppFunction = {
  name: string;
  kind: TriggerKind;
  /** The generated name of the trigger's binding; never to be guessed. */
  triggerKey: string;
  trigger: Binding;
  /** Names of the bindings that want the durable client's addresses. */
  clientKeys: string[];
  metadata: FunctionMetadata;
  callback: FunctionCallback;
};

/** Why an entry file could not be loaded. As on Azure, one such file hides every function of the app. */
export type AppProblem = { file: string; error: string; hint: string };

/** A loaded app. It outlives hosts: a host that restarts takes the same one. */
export type App = {
  directory: string;
  functions: AppFunction[];
  refused: { name: string; reason: string }[];
  problems: AppProblem[];
  hooks: Record<HookName, HookCallback[]>;
  /** Shared by all hooks of the app. */
  appHookData: Record<string, unknown>;
  /** Shared by appStart and appTerminate. */
  hookData: Record<string, unknown>;
  model: ProgrammingModel | undefined;
};

const workerCapabilities = {
  RawHttpBodyBytes: "true",
  RpcHttpTriggerMetadataRemoved: "true",
  RpcHttpBodyOnly: "true",
  IgnoreEmptyValuedRpcHttpHeaders: "true",
  UseNullableValueDictionaryForHttp: "true",
  WorkerStatus: "true",
  TypedDataCollection: "true",
  HandlesWorkerTerminateMessage: "true",
};

/** Turns what was registered into an app: runs the appStart hooks, agrees on capabilities, judges each function. */
export async function finishApp(
  directory: string,
  collection: Collection,
  problems: AppProblem[],
): Promise<App> {
  const app: App = {
    directory,
    functions: [],
    refused: [],
    problems,
    hooks: collection.hooks,
    appHookData: {},
    hookData: {},
    model: registry().model,
  };
  const { hookData, appHookData } = app;
  for (const hook of collection.hooks.appStart) {
    await hook({ hookData, appHookData, functionAppDirectory: directory });
  }
  const capabilities = await app.model?.getCapabilities({ ...workerCapabilities });
  for (const problem of collection.problems) {
    problems.push({ file: "package.json", error: problem, hint: "Run `npm ls @azure/functions`." });
  }
  if (problems.length === 0) {
    for (const { metadata, callback } of collection.functions.values()) {
      addFunction(app, metadata, callback, capabilities?.["HttpUri"] !== undefined);
    }
  }
  return app;
}

function addFunction(
  app: App,
  metadata: FunctionMetadata,
  callback: FunctionCallback,
  streams: boolean,
): void {
  const { name } = metadata;
  const judged = classify(metadata);
  if ("refused" in judged) {
    app.refused.push({ name, reason: judged.refused });
    return;
  }
  const trigger = metadata.bindings[judged.triggerKey];
  if (!trigger) {
    return;
  }
  if (judged.kind === "http" && streams) {
    app.refused.push({ name, reason: `Function '${name}' is not run: this host has no HTTP streaming.` });
    return;
  }
  const clientKeys = Object.entries(metadata.bindings)
    .filter(([, binding]) => isDurableClient(binding))
    .map(([key]) => key);
  app.functions.push({ name, ...judged, trigger, clientKeys, metadata, callback });
}

/** Finds a function of one kind; names are case-insensitive, as in the real host. */
export function findFunction(app: App, kind: TriggerKind, name: string): AppFunction | undefined {
  const wanted = name.toLowerCase();
  return app.functions.find((fn) => fn.kind === kind && fn.name.toLowerCase() === wanted);
}
