import Module from "node:module";
import * as coreModule from "../core-module";
import { comesLater, mayComeLater } from "./load-later";

const coreName = "@azure/functions-core";
let installed = false;

type Way = (this: unknown, id: string, ...rest: unknown[]) => unknown;

/** Puts our module in front of one of Node's ways to a module. */
function answerOn(target: Record<string, Way>, name: "_load" | "require"): void {
  const original = target[name];
  target[name] = function answer(this: unknown, id, ...rest) {
    if (id === coreName) {
      return coreModule;
    }
    const load = () => original?.call(this, id, ...rest);
    return name === "require" && mayComeLater(id, (this as Module).filename) ? comesLater(load) : load();
  };
}

/**
 * Lets `require("@azure/functions-core")` find this host. Must run before anything loads `@azure/functions`, which
 * asks once and remembers a failure for the life of the process. Both of Node's ways to a module are hooked, because
 * CommonJS imported from ES modules takes only one of them, and which one has changed between Node versions.
 */
export function installCoreModule(): void {
  if (!installed) {
    installed = true;
    answerOn(Module as unknown as Record<string, Way>, "_load");
    answerOn(Module.prototype as unknown as Record<string, Way>, "require");
  }
}
