import type { AppFunction } from "../app/app";
import { invoke } from "../app/invoke";
import type { Engine } from "../durable/engine";
import { HostError, messageOf } from "../host-error";
import { resolve } from "../host-json";
import { readSchedule, type Schedule } from "./schedule";
import { readTimerState, type TimerState, writeTimerState } from "./timer-state";

export type TimerTrigger = {
  fn: AppFunction;
  schedule: Schedule;
  /** The next run, in milliseconds. */
  next: number;
  /** The next run was due while the host was down. */
  pastDue: boolean;
  running: boolean;
  /** What is remembered; undefined for a trigger that has no memory. */
  state: TimerState | undefined;
};

/**
 * Sets up the timer triggers. One with a memory that missed its time fires once, at once, as past due. A new or
 * changed one waits for its next occurrence. One whose schedule can't be read is reported and left out.
 */
export function setUpTimers(
  engine: Engine,
  settings: Record<string, string | undefined>,
): { timers: TimerTrigger[]; problems: string[] } {
  const problems: string[] = [];
  const timers: TimerTrigger[] = [];
  const zone = settings["WEBSITE_TIME_ZONE"] || settings["TZ"] || "UTC";
  for (const fn of engine.app.functions) {
    if (fn.kind !== "timer") {
      continue;
    }
    try {
      const { schedule } = fn.trigger as { schedule?: string };
      const text = resolve(schedule ?? "", settings, `Function '${fn.name}': the schedule`);
      timers.push(setUp(engine, fn, readSchedule(text, zone, fn.name)));
    } catch (error) {
      if (!(error instanceof HostError) || error.code !== "settings") {
        throw error;
      }
      problems.push(error.message);
    }
  }
  return { timers, problems };
}

function setUp(engine: Engine, fn: AppFunction, schedule: Schedule): TimerTrigger {
  const now = engine.clock.now();
  if (fn.metadata.retryOptions) {
    const message = `Function '${fn.name}': this host does not repeat a failed run; its retry policy is ignored.`;
    engine.log({ level: "warning", category: "host", message, functionName: fn.name });
  }
  const trigger: TimerTrigger = {
    fn,
    schedule,
    next: schedule.next(now),
    pastDue: false,
    running: false,
    state: undefined,
  };
  if (!schedule.subMinute && fn.trigger["useMonitor"] !== false) {
    const stored = readTimerState(engine.db, fn.name);
    const expected = stored && schedule.next(stored.last ?? stored.updated);
    if (stored && stored.next === expected) {
      trigger.state = stored;
      trigger.pastDue = now > stored.next;
      trigger.next = stored.next;
    } else {
      const state = { schedule: schedule.text, last: null, next: trigger.next, updated: now };
      engine.committer.commitNow("timer-trigger", () => writeTimerState(engine.db, fn.name, state));
      trigger.state = state;
    }
  }
  if (fn.trigger["runOnStartup"] === true && !trigger.pastDue) {
    trigger.next = now;
  }
  return trigger;
}

/**
 * Runs a trigger once. Its runs never overlap: occurrences missed meanwhile become one run, right afterwards. A
 * throw is logged and changes nothing about the schedule.
 */
export async function runTimer(engine: Engine, trigger: TimerTrigger): Promise<void> {
  const { fn, schedule } = trigger;
  const began = engine.clock.now();
  trigger.running = true;
  try {
    await invoke(engine.app, fn, { input: payload(trigger), client: engine.clientPayload() }, engine.log);
  } catch (error) {
    engine.log({
      level: "error",
      category: "host",
      message: `Function '${fn.name}' failed: ${messageOf(error)}`,
      functionName: fn.name,
    });
  }
  try {
    const next = schedule.next(began);
    if (trigger.state) {
      const state = { schedule: schedule.text, last: began, next, updated: began };
      await engine.committer.commit("timer-trigger", () => writeTimerState(engine.db, fn.name, state));
      trigger.state = state;
    }
    trigger.next = next;
    trigger.pastDue = false;
  } finally {
    trigger.running = false;
  }
}

/** Which triggers are due at `now`, the most overdue first. A hostile host keeps some of them silent for a while. */
export function dueTimers(
  timers: TimerTrigger[],
  now: number,
  engine: Pick<Engine, "hostile" | "log">,
): TimerTrigger[] {
  return timers
    .filter((trigger) => !trigger.running && trigger.next <= now && !silenced(trigger, now, engine))
    .sort((a, b) => a.next - b.next);
}

function silenced(trigger: TimerTrigger, now: number, { hostile, log }: Pick<Engine, "hostile" | "log">) {
  const silence = hostile?.silence(trigger.fn.name) ?? 0;
  if (silence > 0) {
    trigger.next = now + silence;
    trigger.pastDue = trigger.state !== undefined;
    hostile?.note(now, log, `timer trigger '${trigger.fn.name}' is silent for ${silence / 1000} s`);
  }
  return silence > 0;
}

function payload({ state, pastDue }: TimerTrigger): { json: string } {
  const stamp = (milliseconds: number | null) =>
    milliseconds === null
      ? "0001-01-01T00:00:00+00:00"
      : new Date(milliseconds).toISOString().replace(/(\.000)?Z$/, "+00:00");
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: state
        ? { Last: stamp(state.last), Next: stamp(state.next), LastUpdated: stamp(state.updated) }
        : null,
      IsPastDue: pastDue,
    }),
  };
}
