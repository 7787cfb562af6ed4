import { carryOut, commitResult } from "../durable/activity";
import { plainFailure } from "../durable/activity-values";
import { changed } from "../durable/divergence";
import type { Engine } from "../durable/engine";
import { failInstanceAs } from "../durable/fail-instance";
import { EventType } from "../durable/history";
import { HostError } from "../host-error";
import { activityAt } from "../store/activity-rows";
import { readHistory } from "../store/history-rows";
import { type Instance, instanceAt } from "../store/instances";
import type { Hostile } from "./hostile";
import { called } from "./twice";

const reason = "node exited with code 137 (0x89)";

/** What a worker has in hand: rows of activities, and instances whose turns run or wait for it. */
export type InFlight = {
  /** The one at which it dies. */
  at: { activity: number } | { turn: number };
  activities: readonly number[];
  turns: readonly number[];
  /** Whether the activities have begun already; else some are carried out first, and their results are lost. */
  begun: boolean;
};

/**
 * The worker process is killed: every activity in flight fails, and every instance whose turn is in flight fails for
 * good, as recorded. Of the turns that merely wait for this worker some fail too.
 */
export async function workerDies(engine: Engine, hostile: Hostile, inFlight: InFlight): Promise<void> {
  const now = engine.clock.now();
  const last = hostile.died(now);
  const where = "turn" in inFlight.at ? "in a turn" : "in an activity";
  hostile.note(now, engine.log, `the worker dies ${where}: ${reason}${last ? ", once too often" : ""}`);
  const activities = "activity" in inFlight.at ? [inFlight.at.activity] : [];
  for (const id of new Set([...activities, ...inFlight.activities])) {
    await failActivity(engine, hostile, id, inFlight.begun);
  }
  const struck = inFlight.turns.filter(() => hostile.chance(0.3));
  for (const n of new Set("turn" in inFlight.at ? [inFlight.at.turn, ...struck] : struck)) {
    failTurn(engine, hostile, n);
  }
  if (last) {
    engine.committer.kill(
      new HostError(
        "closed",
        "Exceeded language worker restart retry count for runtime:node. Shutting down and proactively recycling the Functions Host to recover",
      ),
    );
  }
}

async function failActivity(engine: Engine, hostile: Hostile, id: number, begun: boolean): Promise<void> {
  const activity = activityAt(engine.db, id);
  if (!activity) {
    return;
  }
  const acts = !begun && hostile.chance(0.5);
  const effect = begun ? "wherever it is" : acts ? "after its effect" : "before its effect";
  hostile.note(engine.clock.now(), engine.log, `${called(engine, activity)} fails ${effect}`);
  if (acts) {
    await carryOut(engine, activity, undefined);
  }
  const fields = plainFailure(activity.name, reason);
  await commitResult(engine, activity, { code: EventType.TaskFailed, fields });
}

function failTurn(engine: Engine, hostile: Hostile, n: number): void {
  const instance = instanceAt(engine.db, n);
  if (!instance) {
    return;
  }
  const { text, output } = words(engine, instance);
  hostile.note(
    engine.clock.now(),
    engine.log,
    `'${instance.name}' ${instance.id} is failed by the platform: ${output}`,
  );
  failInstanceAs(engine, instance.id, { output, details: `Message: ${text}, StackTrace: ` });
}

/** The real engine blames a later turn's code, although the code has not changed. */
function words(engine: Engine, { n, name }: Instance): { text: string; output: string } {
  const first = readHistory(engine.db, n).find((event) => event.EventType === EventType.TaskScheduled);
  if (first) {
    const text = `Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence ID ${first.EventId} and name '${first.Name}' (version ''), but the current replay execution hasn't (yet?) scheduled this task. ${changed}`;
    return { text, output: text };
  }
  const text = `One or more errors occurred. (${reason})`;
  return { text, output: `Orchestrator function '${name}' failed: ${text}` };
}
