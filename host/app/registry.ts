import {
  type FunctionCallback,
  type FunctionMetadata,
  type HookCallback,
  type HookName,
  hookNames,
  type ProgrammingModel,
} from "./core-types";

/** What an app has registered so far. Open while the app loads, closed for good afterwards. */
export type Collection = {
  functions: Map<string, { metadata: FunctionMetadata; callback: FunctionCallback }>;
  hooks: Record<HookName, HookCallback[]>;
  problems: string[];
};

type Registry = {
  open: Collection | undefined;
  model: ProgrammingModel | undefined;
  log: ((level: string, category: string, message: string) => void) | undefined;
};

/** Shared by every copy of this module in the process: jest gives each test file its own copies. */
const key = Symbol.for("switchover.host.registry");

export function registry(): Registry {
  const holder = globalThis as { [key]?: Registry };
  holder[key] ??= { open: undefined, model: undefined, log: undefined };
  return holder[key];
}

/** Starts collecting. Apps load one at a time, because the library knows only one host per process. */
export function openCollection(): Collection {
  if (registry().open) {
    throw new Error("Another app is being loaded in this process: load one app at a time.");
  }
  const hooks = Object.fromEntries(hookNames.map((name) => [name, [] as HookCallback[]]));
  const collection: Collection = {
    functions: new Map(),
    hooks: hooks as Record<HookName, HookCallback[]>,
    problems: [],
  };
  registry().open = collection;
  return collection;
}

export function closeCollection(): void {
  registry().open = undefined;
}

export function setProgrammingModel(model: ProgrammingModel): void {
  const before = registry().model;
  if (before && before.version !== model.version) {
    registry().open?.problems.push(
      `Two copies of ${model.name} are loaded, ${before.version} and ${model.version}: install one version only.`,
    );
  }
  registry().model = model;
}

export function registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): void {
  const collection = registry().open;
  if (!collection) {
    throw new Error("A function can only be registered during app startup.");
  }
  const id = metadata.functionId ?? metadata.name;
  if (collection.functions.has(id)) {
    throw new Error(`A function with id "${id}" has already been registered.`);
  }
  collection.functions.set(id, { metadata, callback });
}

export function registerHook(name: string, callback: HookCallback): { dispose(): void } {
  const known = hookNames.find((candidate) => candidate === name);
  if (!known) {
    throw Object.assign(new RangeError(`Unrecognized hook "${name}"`), { isAzureFunctionsSystemError: true });
  }
  const list = registry().open?.hooks[known];
  if (!list) {
    throw new Error("A hook can only be registered during app startup.");
  }
  list.push(callback);
  return {
    dispose() {
      const at = list.indexOf(callback);
      if (at >= 0) {
        list.splice(at, 1);
      }
    },
  };
}
