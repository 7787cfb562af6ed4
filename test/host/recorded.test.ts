import { EventType, type HistoryEvent } from "../../host/index";
import { disposeRigs, type Rig, rig, turns } from "./harness";

/** What the real Functions host 4.1037 with Durable 3.14.1 did, reduced to the shape of each turn. */
type Scenario = {
  orchestrator: string;
  input: unknown;
  status: string;
  output: unknown;
  customStatus: unknown;
  turns: Turn[];
};
type Delivery = {
  type: "raise" | "terminate" | "suspend" | "resume";
  name?: string;
  data?: unknown;
  reason?: string;
};
type Turn = {
  isReplaying: boolean;
  input: unknown;
  parent: string | null;
  /** What the outside sent before this turn. */
  deliver: Delivery[];
  history: string[];
};

const scenarios = require("./recorded/scenarios.json") as Record<string, Scenario>;

/** The real host delivered results of parallel activities in batches that depend on timing. */
const batchesVary = new Set(["fan-out", "fan-out-fail"]);

afterEach(disposeRigs);

const short = (event: HistoryEvent): string => {
  const own = event.EventId === -1 ? "" : `:${event.EventId}`;
  const answered = event.TaskScheduledId ?? event.TimerId;
  const name = event.Name === undefined ? "" : `(${event.Name})`;
  const played = event.IsPlayed ? " played" : "";
  return `${event.EventType}${own}${answered === undefined ? "" : `>${answered}`}${name}${played}`;
};

/** Which ids are made up by the host is not what is compared, only that one is there. */
const parentOf = (id: string | null) => id !== null;

async function deliver({ client }: Rig, id: string, delivery: Delivery): Promise<void> {
  const { type, name, data, reason } = delivery;
  await client(type, id, {
    ...(name === undefined ? {} : { name, data: JSON.stringify(data) }),
    ...(reason === undefined ? {} : { reason }),
  });
}

const calls = (id: string) => turns.filter((turn) => turn.instanceId === id);

/** Steps, and moves the clock when nothing is due, until the instance has been called so many times. */
async function untilCalled({ host, clock }: Rig, id: string, count: number): Promise<void> {
  while (calls(id).length < count) {
    if ((await host.step()) === undefined) {
      const due = host.nextDueAt();
      if (due === undefined) {
        throw new Error(`Nothing is due, and ${id} was called ${calls(id).length} of ${count} times.`);
      }
      clock.set(due);
    }
  }
}

test.each(Object.keys(scenarios))("does what the real host did: %s", async (name) => {
  const scenario = scenarios[name] as Scenario;
  const here = await rig();
  const id = `recorded-${name}`;
  await here.start(scenario.orchestrator, id, scenario.input ?? undefined);
  for (const [at, turn] of scenario.turns.entries()) {
    for (const delivery of turn.deliver) {
      await deliver(here, id, delivery);
    }
    if (!batchesVary.has(name)) {
      await untilCalled(here, id, at + 1);
    }
  }
  await here.host.runUntilIdle();
  const seen = calls(id).map((call) => ({
    isReplaying: call.isReplaying,
    input: call.input,
    parent: parentOf(call.parentInstanceId),
    history: call.history.map(short),
  }));
  const expected = scenario.turns.map((turn) => ({
    isReplaying: turn.isReplaying,
    input: turn.input,
    parent: parentOf(turn.parent),
    history: turn.history,
  }));
  if (batchesVary.has(name)) {
    const last = (list: { history: string[] }[]) =>
      (list.at(-1)?.history ?? [])
        .map((text) => text.replace(" played", ""))
        .filter((text) => !/^1[23]$/.test(text))
        .sort();
    expect(last(seen)).toEqual(last(expected));
  } else {
    expect(seen).toEqual(expected);
  }
  expectOutcome(here, id, scenario);
});

function expectOutcome({ host }: Rig, id: string, scenario: Scenario): void {
  const status = host.status(id);
  expect(status?.runtimeStatus).toBe(scenario.status);
  expect(status?.customStatus).toEqual(scenario.customStatus);
  const { output } = scenario;
  const caught = (output as { caught?: string } | null)?.caught;
  if (caught !== undefined) {
    expect(status?.output).toMatchObject({ caught: expect.stringContaining(caught) as string });
  } else if (scenario.status === "Failed") {
    expect(status?.output).toContain(output);
  } else {
    expect(status?.output).toEqual(output);
  }
  expect(host.history(id).at(-2)?.EventType).toBe(EventType.ExecutionCompleted);
}
