import type { Binding, FunctionMetadata } from "./core-types";

export type TriggerKind = "http" | "timer" | "activity" | "orchestration";

const triggers: Record<string, TriggerKind> = {
  httptrigger: "http",
  timertrigger: "timer",
  activitytrigger: "activity",
  orchestrationtrigger: "orchestration",
};

const functionName = /^[a-z][a-z0-9_-]{0,127}$/i;

export const isDurableClient = (binding: Binding): boolean =>
  /^(durableClient|orchestrationClient)$/i.test(binding.type);

const isTrigger = (binding: Binding): boolean => /trigger$/i.test(binding.type);

/** The trigger of a function, or the sentence that says why this host doesn't run it. */
export function classify(
  metadata: FunctionMetadata,
): { kind: TriggerKind; triggerKey: string } | { refused: string } {
  const { name, bindings } = metadata;
  if (!functionName.test(name) || name.toLowerCase() === "host") {
    return {
      refused: `Function '${name}' is not run: a name is a letter, then up to 127 letters, digits, _ or -, and not 'host'.`,
    };
  }
  const trigger = Object.entries(bindings).find(([, binding]) => isTrigger(binding));
  if (!trigger) {
    return { refused: `Function '${name}' is not run: it has no trigger.` };
  }
  const [triggerKey, { type }] = trigger;
  if (type.toLowerCase() === "entitytrigger") {
    return { refused: `Function '${name}' is not run: this host has no durable entities.` };
  }
  const kind = triggers[type.toLowerCase()];
  if (!kind) {
    return { refused: `Function '${name}' is not run: this host doesn't know the trigger '${type}'.` };
  }
  for (const [key, binding] of Object.entries(bindings)) {
    const known =
      key === triggerKey || isDurableClient(binding) || (kind === "http" && binding.type === "http");
    if (!known) {
      return {
        refused: `Function '${name}' is not run: this host doesn't know the binding '${binding.type}'.`,
      };
    }
  }
  return { kind, triggerKey };
}
