/**
 * What `require("@azure/functions-core")` answers. No such package exists: the library asks its host for it.
 * Under jest, whose modules don't pass through Node's loader, moduleNameMapper points here.
 */
import type { FunctionCallback, FunctionMetadata, HookCallback, ProgrammingModel } from "./app/core-types";
import * as app from "./app/registry";

/** The versions of the worker and the host whose behaviour was recorded and is reproduced here. */
export const version = "3.9.1";
export const hostVersion = "4.1037.0";

export function setProgrammingModel(model: ProgrammingModel): void {
  app.setProgrammingModel(model);
}

export function getProgrammingModel(): ProgrammingModel | undefined {
  return app.registry().model;
}

/** Throws after start-up, and for an id that exists already. */
export function registerFunction(metadata: FunctionMetadata, callback: FunctionCallback): Disposable {
  app.registerFunction(metadata, callback);
  return new Disposable(() => {});
}

/** Throws a RangeError for an unknown hook name. */
export function registerHook(name: string, callback: HookCallback): Disposable {
  const registered = app.registerHook(name, callback);
  return new Disposable(() => registered.dispose());
}

export function log(level: string, category: string, message: string): void {
  app.registry().log?.(level, category, message);
}

export class Disposable {
  readonly #callOnDispose: () => unknown;

  constructor(callOnDispose: () => unknown) {
    this.#callOnDispose = callOnDispose;
  }

  static from(...disposables: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const disposable of disposables) {
        disposable.dispose();
      }
    });
  }

  dispose(): unknown {
    return this.#callOnDispose();
  }
}
