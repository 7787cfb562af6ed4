import { iso } from "../clock";
import { appendHistory, readHistory } from "../store/history-rows";
import { findInstance, isTerminal } from "../store/instances";
import { finish } from "./complete";
import type { Engine } from "./engine";
import { EventType, scheduled } from "./history";

/**
 * Fails an instance from outside, as the platform does with one whose turn was in flight when its worker died. It
 * can't be caught; results of its activities are dropped; its parent gets the failure. Does nothing to one that has
 * ended or does not exist.
 */
export function failInstance(engine: Engine, id: string, reason: string): void {
  const name = findInstance(engine.db, id)?.name ?? "";
  const text = `One or more errors occurred. (${reason})`;
  failInstanceAs(engine, id, {
    output: `Orchestrator function '${name}' failed: ${text}`,
    details: `Message: ${text}, StackTrace: `,
  });
}

/** As `failInstance`, in other words. */
export function failInstanceAs(
  engine: Engine,
  id: string,
  { output, details }: { output: string; details: string },
): void {
  engine.committer.commitNow("fail", (changes) => {
    const instance = findInstance(engine.db, id);
    if (!instance || isTerminal(instance.status)) {
      return;
    }
    const now = engine.clock.now();
    const at = readHistory(engine.db, instance.n).length;
    const event = scheduled(EventType.ExecutionCompleted, -1, iso(now), {
      OrchestrationStatus: "Failed",
      Result: output,
      FailureDetails: null,
    });
    appendHistory(engine.db, instance.n, at, [event]);
    finish(engine, changes, instance, { status: "Failed", output, details }, now);
    engine.cache.delete(instance.n);
  });
}
