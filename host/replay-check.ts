import type { App } from "./app/app";
import { examine, readAsked } from "./durable/asked";
import { EventType, type HistoryEvent } from "./durable/history";
import { callOrchestrator } from "./durable/orchestration-call";
import { type Replayed, replay } from "./durable/replay";
import { seen } from "./durable/seen-event";
import { scriptOptions } from "./durable/turn";
import { messageOf } from "./host-error";
import { readHostJson } from "./host-json";
import { silent } from "./log";
import { openDatabase } from "./store/database";
import { readHistory } from "./store/history-rows";
import { type Instance, listInstances } from "./store/instances";

export type ReplayReport = {
  /** How many histories the code was held against; those that have not begun are none. */
  checked: number;
  /** What the code would do otherwise than the history says. */
  differences: { instanceId: string; name: string; says: string }[];
};

/**
 * Holds every stored history against the code at hand, and writes nothing: for CI, before a new version meets the
 * instances that run. Throws a HostError when the state file can't be opened; a host that runs has it locked.
 */
export async function replayHistories(options: {
  app: App;
  stateFile: string;
  hostJson?: object;
}): Promise<ReplayReport> {
  const settings = readHostJson(options.hostJson, process.env, 1);
  const db = openDatabase(options.stateFile);
  const report: ReplayReport = { checked: 0, differences: [] };
  try {
    const call = { app: options.app, log: silent, clientPayload: () => "", settings };
    for (const instance of listInstances(db)) {
      const history = readHistory(db, instance.n);
      if (history.length === 0) {
        continue;
      }
      report.checked += 1;
      const says = await difference(call, instance, history);
      if (says !== undefined) {
        report.differences.push({ instanceId: instance.id, name: instance.name, says });
      }
    }
  } finally {
    db.close();
  }
  return report;
}

type Caller = Parameters<typeof callOrchestrator>[0] & Parameters<typeof scriptOptions>[0];

const nameOf = (work: Replayed["work"][number]): string =>
  work.kind === "timer"
    ? "a timer"
    : `${work.kind === "activity" ? "activity" : "sub-orchestration"} '${work.name}'`;

/** The first difference; undefined when the code still does what the history says. */
async function difference(
  caller: Caller,
  instance: Instance,
  history: HistoryEvent[],
): Promise<string | undefined> {
  const end = history.find((event) => event.EventType === EventType.ExecutionCompleted);
  const before = end ? history.slice(0, history.indexOf(end)) : history;
  const events = before.map((event) => seen(event, event.IsPlayed));
  const called = await callOrchestrator(caller, instance, events, true);
  if ("failed" in called) {
    return instance.output?.includes(called.failed) ? undefined : called.failed;
  }
  let replayed: Replayed;
  try {
    replayed = replay(before, called.answer, scriptOptions(caller, instance));
  } catch (error) {
    return messageOf(error);
  }
  const { verdict, work } = replayed;
  if (verdict.kind === "diverged") {
    // An instance that had failed so has been told before.
    return instance.output === verdict.text || failedFromOutside(end) ? undefined : verdict.text;
  }
  const contradiction = examine(readAsked(instance.asked), called.answer.actions).contradiction;
  if (contradiction) {
    return contradiction.text;
  }
  const [more] = work;
  if (more && !end) {
    return `it now asks for ${nameOf(more)} too, after the same history`;
  }
  return end ? otherEnd(instance, verdict) : undefined;
}

/** The platform's own verdict bears no number of the orchestration's. */
const failedFromOutside = (end: HistoryEvent | undefined): boolean => end?.EventId === -1;

function otherEnd(instance: Instance, verdict: Replayed["verdict"]): string | undefined {
  if (instance.status !== "Completed") {
    return undefined;
  }
  if (verdict.kind !== "completed") {
    const words = verdict.kind === "failed" ? `fails: ${verdict.error}` : `is ${verdict.kind}`;
    return `it had completed, and now it ${words}`;
  }
  const { output } = verdict;
  const now = output === undefined || output === null ? null : JSON.stringify(output);
  return now === instance.output ? undefined : `its output was ${instance.output}, and now it is ${now}`;
}
