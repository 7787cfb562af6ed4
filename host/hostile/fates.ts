import { runActivity } from "../durable/activity";
import type { Engine } from "../durable/engine";
import { instanceAt } from "../store/instances";
import type { Hostile } from "./hostile";
import type { InHand } from "./in-hand";
import { runLate, runTwice } from "./twice";
import { workerDies } from "./worker-death";

/** Decides on a turn that is about to begin; true when it does not run now. */
export async function hostileTurn(
  engine: Engine,
  hostile: Hostile,
  inHand: InHand,
  n: number,
): Promise<boolean> {
  const now = engine.clock.now();
  const fate = hostile.fate("turn", now);
  if (fate === "late") {
    const pause = hostile.invisible();
    const id = instanceAt(engine.db, n)?.id;
    hostile.note(now, engine.log, `a turn of ${id} is lost and runs again ${pause / 1000} s later`);
    inHand.queue.putOff(n, now + pause);
    return true;
  }
  if (fate === "dies") {
    try {
      await workerDies(engine, hostile, inFlight(inHand, { turn: n }));
    } finally {
      inHand.queue.turnEnded(n, "done", now);
    }
    return true;
  }
  return false;
}

/** Runs an activity as well or badly as fate has it. */
export async function hostileActivity(
  engine: Engine,
  hostile: Hostile,
  inHand: InHand,
  { id, timeoutMs }: { id: number; timeoutMs: number | undefined },
): Promise<void> {
  const run = { engine, hostile, id, timeoutMs, later: inHand.late };
  inHand.activities.add(id);
  try {
    switch (hostile.fate("activity", engine.clock.now())) {
      case "dies":
        await workerDies(engine, hostile, inFlight(inHand, { activity: id }));
        break;
      case "late":
        await runLate(run);
        break;
      case "twice":
        await runTwice(run);
        break;
      default:
        await runActivity(engine, id, timeoutMs);
    }
  } finally {
    inHand.activities.delete(id);
  }
}

/** Of a manual host nothing runs at the same time: what is due stands for what would be in flight. */
function inFlight({ queue, live, activities }: InHand, at: { activity: number } | { turn: number }) {
  return {
    at,
    activities: live ? [...activities] : [...activities, ...queue.activityIds],
    turns: queue.turnsInHand,
    begun: live,
  };
}
