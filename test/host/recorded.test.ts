import type { HistoryEvent } from "../../host/index";
import { disposeRigs, type OrchestratorCall, type Rig } from "./harness";
import { cutAlike, normalised } from "./normalise";
import { type Call, calls, recordedRig } from "./recorded-app";

/**
 * What the real Functions host 4.1037 with Durable 3.14.1 did with the same app. Events and answers stand once, turns
 * refer to them by number: `3p` is event 3 marked as played. `After` is a timer's length in milliseconds, to 10 ms.
 */
type Scenario = {
  orchestrator: string;
  input: unknown;
  events: object[];
  answers: unknown[];
  turns: Turn[];
  activities: Activity[];
  status: { runtimeStatus: string; output: unknown };
};
type Turn = {
  isReplaying: boolean;
  input: unknown;
  parent: string | null;
  /** What the outside sent before this turn. */
  deliver: { type: string; name?: string; data?: unknown; reason?: string }[];
  history: string;
  answer: number | null;
  failed: boolean;
};
type Activity = {
  name: string;
  input: string | undefined;
  result: Record<string, unknown> | null;
  failed: boolean;
};

const scenarios = require("./recorded/scenarios.json") as Record<string, Scenario>;

/** Where this host differs on purpose: host/README.md has the reasons. */
const differs = new Set(["activity-unknown"]);

/** The real host delivered results of parallel activities in batches that depend on timing. */
const batchesVary = new Set(["fan-out-fail"]);

afterEach(disposeRigs);

const root = "http://localhost/runtime/webhooks/durabletask";

async function post(here: Rig, path: string, body?: unknown): Promise<void> {
  const url = `${root}/${path}${path.includes("?") ? "&" : "?"}code=${here.host.keys().system}`;
  const response = await here.host.fetch(
    new Request(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  expect([response.status, await response.text()]).toEqual([202, expect.any(String)]);
}

async function statusOf(here: Rig, id: string): Promise<unknown> {
  const query = `showHistory=true&showHistoryOutput=true&code=${here.host.keys().system}`;
  return (await here.host.fetch(new Request(`${root}/instances/${id}?${query}`))).json();
}

/** Starts as it was started: without an input by the app's own function, whose client sends an empty text. */
async function begin(here: Rig, id: string, { orchestrator, input }: Scenario): Promise<void> {
  const url = `http://localhost/api/start/${orchestrator}?id=${id}`;
  const body = input === null ? null : JSON.stringify(input);
  expect((await here.host.fetch(new Request(url, { method: "POST", body }))).status).toBe(202);
}

const turnsOf = (id: string) =>
  calls.filter((call) => call.kind === "orchestrationTrigger" && call.instanceId === id);

/** Steps, and moves the clock when nothing is due, until the instance has been called so many times. */
async function untilCalled({ host, clock }: Rig, id: string, count: number): Promise<void> {
  // The app's timer trigger is always due some time: a limit ends a wait in vain.
  for (let steps = 0; turnsOf(id).length < count; steps += 1) {
    if ((await host.step()) === undefined) {
      const due = host.nextDueAt();
      if (due === undefined || steps > 100) {
        throw new Error(`Nothing is due, and ${id} was called ${turnsOf(id).length} of ${count} times.`);
      }
      clock.set(due);
    }
  }
}

async function deliver(
  here: Rig,
  id: string,
  { type, name, data, reason }: Turn["deliver"][0],
): Promise<void> {
  await (type === "raise"
    ? post(here, `instances/${id}/raiseEvent/${name}`, data)
    : post(here, `instances/${id}/${type}?reason=${reason}`));
}

async function play(here: Rig, id: string, name: string, scenario: Scenario): Promise<void> {
  await begin(here, id, scenario);
  for (const [at, turn] of scenario.turns.entries()) {
    for (const one of turn.deliver) {
      await deliver(here, id, one);
    }
    if (!batchesVary.has(name)) {
      await untilCalled(here, id, at + 1);
    }
  }
  await here.host.runUntilIdle();
}

/** The history of one call as the scenario writes it. */
function history(call: OrchestratorCall): { event: unknown; played: boolean }[] {
  let clock = 0;
  return call.history.map((one) => {
    const { IsPlayed, Timestamp, FireAt, ...rest } = one;
    clock = one.EventType === 12 ? Date.parse(Timestamp) : clock;
    const After =
      FireAt && one.EventType === 10 ? Math.round((Date.parse(FireAt) - clock) / 10) * 10 : undefined;
    const event = normalised({ ...rest, ...(After === undefined ? {} : { After }) });
    return { event, played: IsPlayed };
  });
}

function seenTurn({ input, result, failed }: Call): object {
  const call = input as OrchestratorCall;
  return {
    isReplaying: call.isReplaying,
    input: normalised(call.input),
    parent: normalised(call.parentInstanceId),
    history: history(call),
    answer: failed ? null : normalised(result),
    failed,
  };
}

function recordedTurn({ events, answers }: Scenario, turn: Turn): object {
  return {
    isReplaying: turn.isReplaying,
    input: turn.input,
    parent: turn.parent,
    history: turn.history.split(" ").map((text) => ({
      event: normalised(events[Number.parseInt(text, 10)]),
      played: text.endsWith("p"),
    })),
    answer: turn.answer === null ? null : answers[turn.answer],
    failed: turn.failed,
  };
}

const value = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

function resultOf(result: Activity["result"]): unknown {
  const json = result?.["json"];
  const found =
    typeof json === "string" ? value(json) : (result?.["string"] ?? result?.["int"] ?? result?.["double"]);
  return typeof found === "string" && /^\d+$/.test(found) ? Number(found) : found;
}

function compareActivities(id: string, { activities }: Scenario): void {
  const seen = calls
    .filter((call) => call.kind === "activityTrigger" && call.instanceId === id)
    .map(({ name, input, result, failed }) => ({ name, input, result: result ?? undefined, failed }));
  const recorded = activities.map(({ name, input, result, failed }) => ({
    name,
    input: value(input),
    result: resultOf(result),
    failed,
  }));
  expect(cutAlike(recorded, normalised(seen))).toEqual(recorded);
}

/** What a history comes to, without the borders of its turns. */
function inTheEnd(turns: object[]): object[] {
  const { history } = turns.at(-1) as { history: { event: Partial<HistoryEvent> }[] };
  const key = (event: Partial<HistoryEvent>) =>
    `${event.EventType}:${event.EventId}:${event.TaskScheduledId}`;
  return history
    .map(({ event }) => event)
    .filter(({ EventType }) => EventType !== 12 && EventType !== 13)
    .sort((a, b) => key(a).localeCompare(key(b)));
}

const inName = ({ EventType, FunctionName, Result }: Record<string, unknown>) => [
  EventType,
  FunctionName,
  Result,
];

/** Of results that came in another order only the set is compared. */
function inOrder(status: unknown, name: string): unknown {
  const { historyEvents, ...rest } = status as {
    historyEvents: Record<string, unknown>[];
  };
  const events = batchesVary.has(name)
    ? historyEvents.toSorted((a, b) => JSON.stringify(inName(a)).localeCompare(JSON.stringify(inName(b))))
    : historyEvents;
  return { ...rest, historyEvents: events };
}

test.each(Object.keys(scenarios).filter((name) => !differs.has(name)))(
  "does turn by turn what the real host did: %s",
  async (name) => {
    const scenario = scenarios[name] as Scenario;
    const here = await recordedRig();
    const id = `sc-${name}`;
    await play(here, id, name, scenario);
    const seen = turnsOf(id).map(seenTurn);
    const recorded = scenario.turns.map((turn) => recordedTurn(scenario, turn));
    if (batchesVary.has(name)) {
      expect(inTheEnd(seen)).toEqual(inTheEnd(recorded));
    } else {
      expect(cutAlike(recorded, seen)).toEqual(recorded);
      compareActivities(id, scenario);
    }
    const status = cutAlike(scenario.status, normalised(await statusOf(here, id)));
    expect(inOrder(status, name)).toEqual(inOrder(scenario.status, name));
  },
);

test("fails where the real host hangs for ever: activity-unknown", async () => {
  const scenario = scenarios["activity-unknown"] as Scenario;
  const here = await recordedRig();
  await begin(here, "sc-activity-unknown", scenario);
  await here.host.runUntilIdle();
  expect(scenario.status.runtimeStatus).toBe("Running");
  expect(here.host.status("sc-activity-unknown")).toMatchObject({
    runtimeStatus: "Failed",
    output: expect.stringContaining("Activity function 'doesNotExist' does not exist.") as string,
  });
});

test("refuses what it has not, by the function's name: the entity, and callHttp", async () => {
  const here = await recordedRig();
  expect(here.log.map(({ message }) => message)).toContain(
    "Function 'counter' is not run: this host has no durable entities.",
  );
  await post(here, "orchestrators/http/h", "http://127.0.0.1:1/");
  await post(here, "orchestrators/useEntity/e", "k7");
  await here.host.runUntilIdle();
  expect(here.host.status("h")?.output).toBe(
    "Orchestrator function 'http' failed: callHttp is not available in this host: make the request in an activity.",
  );
  expect(here.host.status("e")?.output).toBe(
    "Orchestrator function 'useEntity' failed: durable entities are not available in this host.",
  );
});
