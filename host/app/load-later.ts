import { dirname, sep } from "node:path";

/** What the durable client needs and nothing else does: a third of a host's start, for a client that may stay unused. */
const clientOnly = new Set(["axios", "validator", "lodash/cloneDeep", "@opentelemetry/api"]);
const clientFolder = ["durable-functions", "lib", "src", "durableClient"].join(sep);

/** Whether a module that asks for `id` can have it when it first uses it. */
export function mayComeLater(id: string, askedBy: string | null | undefined): boolean {
  return (
    clientOnly.has(id) && askedBy !== null && askedBy !== undefined && dirname(askedBy).endsWith(clientFolder)
  );
}

type Loaded = Record<PropertyKey, unknown>;

const waiting = new Set<() => unknown>();

/** Stands for a module until one of its members is wanted, or it is called. */
export function comesLater(load: () => unknown): unknown {
  let loaded: Loaded | undefined;
  const module = (): Loaded => {
    waiting.delete(module);
    loaded ??= load() as Loaded;
    return loaded;
  };
  waiting.add(module);
  return new Proxy(() => {}, {
    get: (_, name) => module()[name],
    has: (_, name) => name in module(),
    apply: (_, self, values) => Reflect.apply(module() as unknown as () => unknown, self, values),
  });
}

/** Loads what has been put off, one module at a time, so that nobody's first request waits for all of it. */
export function loadTheRest(): void {
  const [next] = waiting;
  if (next) {
    try {
      next();
    } catch {
      // Whoever uses it gets the error then.
    }
    setImmediate(loadTheRest).unref();
  }
}
