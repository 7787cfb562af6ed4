import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";

/** A guarded door needs its keys; keys without such a door would make somebody believe in one. */
export function doorChecks({ balancers }: Estate): Problem[] {
  return balancers.flatMap(({ runtimeApi, runtimeTls }, at) => {
    const guarded = runtimeApi.startsWith("tls:");
    if (guarded && runtimeTls === undefined) {
      const hint = "A tls:// door asks for a client certificate, and must show one that we can check.";
      return [problem(["balancers", at, "runtimeTls"], "missing", "certificate, key and ca", hint)];
    }
    if (guarded || runtimeTls === undefined) return [];
    const hint = "Write runtimeApi as tls://address:port, or leave runtimeTls out.";
    return [
      problem(
        ["balancers", at, "runtimeTls"],
        `for ${runtimeApi.slice(0, 4)}…, which has no TLS`,
        "nothing",
        hint,
      ),
    ];
  });
}
