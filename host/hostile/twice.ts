import { carryOut, commitResult, runActivity } from "../durable/activity";
import type { Engine } from "../durable/engine";
import { type ActivityRow, activityAt } from "../store/activity-rows";
import { instanceAt } from "../store/instances";
import type { Hostile } from "./hostile";
import type { LateWork } from "./late-work";

type Run = { engine: Engine; hostile: Hostile; id: number; timeoutMs: number | undefined; later: LateWork };

/** An activity as people know it. */
export const called = (engine: Engine, activity: ActivityRow): string =>
  `activity '${activity.name}' (task ${activity.task} of ${instanceAt(engine.db, activity.n)?.id})`;

/** The activity's result is lost, or it never began: it comes back when its message is visible again. */
export async function runLate({ engine, hostile, id, timeoutMs, later }: Run): Promise<void> {
  const activity = activityAt(engine.db, id);
  if (!activity) {
    return;
  }
  const now = engine.clock.now();
  const acts = hostile.chance(0.5);
  const pause = hostile.invisible();
  const how = acts ? "has its effect, loses its result and runs again" : "does not begin and comes back";
  hostile.note(now, engine.log, `${called(engine, activity)} ${how} ${pause / 1000} s later`);
  later.add(now + pause, () => runActivity(engine, id, timeoutMs));
  if (acts) {
    await carryOut(engine, activity, timeoutMs);
  }
}

/** The activity runs twice: at the same time, or again after its result was taken. One result counts. */
export async function runTwice({ engine, hostile, id, timeoutMs, later }: Run): Promise<void> {
  const activity = activityAt(engine.db, id);
  if (!activity) {
    return;
  }
  const now = engine.clock.now();
  const of = called(engine, activity);
  if (hostile.chance(0.5)) {
    const counts = hostile.chance(0.5) ? "first" : "second";
    hostile.note(now, engine.log, `${of} runs twice at once; the ${counts} result counts`);
    const [first, second] = await Promise.all([
      carryOut(engine, activity, timeoutMs),
      carryOut(engine, activity, timeoutMs),
    ]);
    await commitResult(engine, activity, counts === "first" ? first : second);
    return;
  }
  const pause = hostile.invisible();
  hostile.note(now, engine.log, `${of} runs, and once more ${pause / 1000} s later for nothing`);
  await runActivity(engine, id, timeoutMs);
  later.add(now + pause, async () => {
    await carryOut(engine, activity, timeoutMs);
  });
}
