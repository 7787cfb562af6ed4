import type { TypedData } from "./core-types";

const source = Symbol("source of the trigger's metadata");

type Context = { [source]?: () => Record<string, TypedData> };

function settle(context: Context, value: unknown): void {
  Object.defineProperty(context, "triggerMetadata", {
    configurable: true,
    enumerable: true,
    writable: true,
    value,
  });
}

/** One for all contexts: with functions of its own each context would get a shape of its own, which costs more. */
const onDemand: PropertyDescriptor = {
  configurable: true,
  enumerable: true,
  get(this: Context) {
    const metadata = Object.entries(this[source]?.() ?? {});
    const value = Object.fromEntries(
      metadata.map(([name, data]) => [camelKey(name), camelValue(read(data))]),
    );
    settle(this, value);
    return value;
  },
  set(this: Context, value: unknown) {
    settle(this, value);
  },
};

/**
 * Puts off what a trigger's metadata costs until somebody looks, which hardly any handler does: the library reads
 * each value as JSON and copies it under camel-case names. What is seen then is what the library would have made.
 */
export function metadataOnDemand(context: unknown, metadata: () => Record<string, TypedData>): void {
  if (typeof context === "object" && context !== null) {
    (context as Context)[source] = metadata;
    Object.defineProperty(context, "triggerMetadata", onDemand);
  }
}

function read(data: TypedData): unknown {
  const text = data.string ?? data.json;
  if (typeof text !== "string") {
    return data.bytes ?? data.int ?? data.double ?? undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function camelValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(camelValue)
    : Object.fromEntries(Object.entries(value).map(([name, one]) => [camelKey(name), camelValue(one)]));
}

const camelKey = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
