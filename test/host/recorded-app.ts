import { type App, collectApp } from "../../host/index";
import { type OrchestratorCall, rig, type Rig } from "./harness";

/** A call of one of the app's functions, as its hooks see it. */
export type Call = {
  name: string;
  kind: string;
  instanceId: string;
  input: unknown;
  result: unknown;
  failed: boolean;
};

type HookContext = {
  inputs: unknown[];
  result?: unknown;
  error?: unknown;
  invocationContext: {
    functionName: string;
    triggerMetadata: Record<string, unknown>;
    options: { trigger: { type: string } };
  };
};
type Hook = (hook: (context: HookContext) => void) => void;
type Hooks = { app: { hook: { preInvocation: Hook; postInvocation: Hook } } };

/** Every call of an orchestrator or an activity of the recorded app so far. */
export const calls: Call[] = [];

const copy = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** What is called now, with what: an orchestrator may change its input. */
const begun = new WeakMap<object, unknown>();

function watch(): void {
  const { app } = require("@azure/functions") as Hooks;
  app.hook.preInvocation(({ inputs, invocationContext }) => {
    begun.set(invocationContext, copy(inputs[0]));
  });
  app.hook.postInvocation(({ result, error, invocationContext }) => {
    const { functionName, options, triggerMetadata } = invocationContext;
    const { type } = options.trigger;
    if (type === "httpTrigger") {
      return;
    }
    const input = begun.get(invocationContext);
    const orchestrates = type === "orchestrationTrigger";
    calls.push({
      name: functionName,
      kind: type,
      instanceId: orchestrates
        ? (input as OrchestratorCall).instanceId
        : String(triggerMetadata["instanceId"]),
      input,
      result: copy(result),
      failed: error !== undefined && error !== null,
    });
  });
}

let collected: Promise<App> | undefined;

/** The app that was run on the real host, unchanged; only watched. */
export function recordedApp(): Promise<App> {
  collected ??= collectApp(() => {
    watch();
    require("./recorded/app/src/main.js");
  });
  return collected;
}

export async function recordedRig(settings: Record<string, string> = {}): Promise<Rig> {
  calls.length = 0;
  return rig({ app: await recordedApp(), settings, hostJson: require("./recorded/app/host.json") as object });
}
