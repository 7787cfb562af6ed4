import Module from "node:module";
import * as coreModule from "../core-module";

const coreName = "@azure/functions-core";
let installed = false;

type Loader = {
  _load(request: string, ...rest: unknown[]): unknown;
  prototype: { require(id: string): unknown };
};

/**
 * Lets `require("@azure/functions-core")` find this host. Must run before anything loads `@azure/functions`, which
 * asks once and remembers a failure for the life of the process. Both of Node's ways to a module are hooked, because
 * CommonJS imported from ES modules takes only one of them, and which one has changed between Node versions.
 */
export function installCoreModule(): void {
  if (installed) {
    return;
  }
  installed = true;
  const loader = Module as unknown as Loader;
  const load = loader._load;
  loader._load = function (this: unknown, request: string, ...rest: unknown[]) {
    return request === coreName ? coreModule : load.call(this, request, ...rest);
  };
  const required = loader.prototype.require;
  loader.prototype.require = function (this: unknown, id: string) {
    return id === coreName ? coreModule : required.call(this, id);
  };
}
