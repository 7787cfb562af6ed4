import * as df from "durable-functions";
import { collectApp } from "../../host/index";
import { disposeRigs, type Rig, rig, runs, runToEnd, shape, turns } from "./harness";

/** The traps on the way to a host like the real one, those of orchestrations: each has a test of its own. */
afterEach(disposeRigs);
beforeEach(() => {
  runs.clear();
  turns.length = 0;
});

async function ended(name: string, input?: unknown): Promise<Rig> {
  const here = await rig();
  await here.start(name, "x", input);
  await runToEnd(here);
  return here;
}

const output = ({ host }: Rig) => host.status("x")?.output;

test("trap 1: numbers are not positions: retries in parallel take numbers in between", async () => {
  const here = await ended("retryFan");
  expect(output(here)).toEqual({ results: ["ok at 1", "ok at 2", "ok at 3"], after: 2 });
  expect(shape(here.host, "x")).toContain("4:8(flaky) 13 12 5>8 4:9(inc)");
});

test("trap 2: an orchestrator that has returned runs on while a task is open", async () => {
  const here = await rig();
  await here.start("anyLeftOpen", "x");
  await here.client("raise", "x", { name: "go" });
  await here.host.runUntilIdle();
  expect(here.host.status("x")?.runtimeStatus).toBe("Running");
  await runToEnd(here);
  expect(output(here)).toBe("returned");
});

test("trap 6: a result of nothing is null, and is there", async () => {
  const here = await ended("undef");
  expect(output(here)).toEqual({ type: "object", isNull: true });
  const done = here.host.history("x").find(({ EventType }) => EventType === 5);
  expect(done).toHaveProperty("Result", null);
});

test("trap 6: the details of a failure are text, or the failure has its own", async () => {
  const here = await ended("catchact");
  const failed = here.host.history("x").find(({ EventType }) => EventType === 6);
  expect([typeof failed?.Reason, typeof failed?.Details]).toEqual(["string", "string"]);
  expect(JSON.stringify(output(here))).toContain("boom: in");
});

test("trap 7: what a turn brings in is not played yet, what the next one sees of it is", async () => {
  await ended("hello");
  const played = turns.map(({ history }) =>
    history.filter(({ EventType }) => EventType === 5).map((one) => one.IsPlayed),
  );
  expect(played).toEqual([[], [false], [true, false]]);
});

test("trap 8: the last failed attempt is followed by one more timer, which fires at once", async () => {
  const here = await rig();
  await here.start("retryUncaught", "x");
  await runToEnd(here);
  expect(shape(here.host, "x")).toContain("6>2 10:3 13 12 11>3 1 13");
});

test("trap 9: the host makes the attempts, from one action", async () => {
  const here = await ended("retry", { key: "trap9", okAt: 3 });
  expect(runs.get("flaky trap9")).toBe(3);
  expect(output(here)).toBe("ok at 3");
});

test.each([
  ["abc", "string", "abc"],
  ["123", "string", "123"],
  [5, "number", 5],
  [true, "string", "True"],
  [[1, "a"], "object", [1, "a"]],
  [{ a: null }, "object", { a: null }],
  [null, "undefined", null],
])("trap 10: an activity called with %j gets a %s", async (value, type, got) => {
  expect(output(await ended("types", { value }))).toEqual({ type, value: got });
});

test("trap 10: an input that is kept in the history is a list of one", async () => {
  const here = await rig({
    hostJson: { extensions: { durableTask: { storeInputsInOrchestrationHistory: true } } },
  });
  await here.start("hello", "x");
  await here.host.runUntilIdle();
  const asked = here.host.history("x").find(({ EventType }) => EventType === 4);
  expect(JSON.parse(asked?.Input ?? "")).toEqual(['"Tokyo"']);
});

test("trap 16: names of functions are the same in any case, names of events are not", async () => {
  const here = await rig();
  await here.start("HELLO", "h");
  await here.start("waiter", "w");
  await here.host.runUntilIdle();
  expect(here.host.status("h")?.runtimeStatus).toBe("Completed");
  await here.client("raise", "w", { name: "GO" });
  await here.host.runUntilIdle();
  expect(here.host.status("w")?.runtimeStatus).toBe("Running");
});

test("trap 16: a replay that spells an activity's name in another case is the same replay", async () => {
  const app = await collectApp(() => {
    df.app.activity("greet", { handler: () => "hello" });
    df.app.orchestration("spells", function* ({ df: api }) {
      return yield api.callActivity(api.isReplaying ? "GREET" : "greet");
    });
  });
  const here = await rig({ app });
  await fetch(`${here.host.rpcBaseUrl}orchestrators/spells/x`, { method: "POST" });
  await here.host.runUntilIdle();
  expect(here.host.status("x")).toMatchObject({ runtimeStatus: "Completed", output: "hello" });
});

test("trap 17: several results in one go are continued from in their order, so that numbers don't drift", async () => {
  const here = await rig();
  await here.start("retryFan", "x");
  await here.host.step();
  await here.client("suspend", "x", { reason: "r" });
  await here.host.runUntilIdle();
  await here.client("resume", "x", { reason: "r" });
  await runToEnd(here);
  expect(output(here)).toEqual({ results: ["ok at 1", "ok at 2", "ok at 3"], after: 2 });
  expect(shape(here.host, "x")).toContain("20 10:3 10:4 13");
});

test("trap 18: a timer does not fire before its time, by not a millisecond", async () => {
  const here = await rig();
  await here.start("sleep", "x", 2);
  await here.host.runUntilIdle();
  here.clock.advance(1999);
  await here.host.runUntilIdle();
  expect(here.host.status("x")?.runtimeStatus).toBe("Running");
  here.clock.advance(1);
  await here.host.runUntilIdle();
  expect(output(here)).toBe("slept");
});

test("trap 18: a turn that comes a millisecond before a timer does not bring the timer in", async () => {
  const here = await rig();
  await here.start("anyev", "x", { secs: 2 });
  await here.host.runUntilIdle();
  here.clock.advance(1999);
  await here.client("raise", "x", { name: "another" });
  await here.host.runUntilIdle();
  expect(shape(here.host, "x")).toContain("15(another)");
  expect(here.host.status("x")?.runtimeStatus).toBe("Running");
});

test("trap 19: of unread events only those that come with the continue-as-new go over", async () => {
  const here = await rig();
  await here.start("canev", "x");
  for (const data of ["1", "2", "3"]) {
    await here.client("raise", "x", { name: "add", data });
  }
  await here.host.runUntilIdle();
  expect(output(here)).toEqual([1, 2, 3]);
});

test("trap 20: a suspended instance takes results and events in, and uses them on resume", async () => {
  const here = await rig();
  await here.start("twoev", "x");
  await here.host.runUntilIdle();
  await here.client("suspend", "x", { reason: "r" });
  await here.client("raise", "x", { name: "e1", data: "1" });
  await here.client("raise", "x", { name: "e2", data: "2" });
  await here.host.runUntilIdle();
  expect(here.host.status("x")?.runtimeStatus).toBe("Suspended");
  expect(shape(here.host, "x")).toContain("15(e1)");
  await here.client("resume", "x", { reason: "r" });
  await here.host.runUntilIdle();
  expect(output(here)).toEqual({ a: 1, b: 2 });
});

test("trap 20: an activity that runs while its instance is suspended is not repeated after the resume", async () => {
  const here = await rig();
  await here.start("hello", "x");
  await here.host.step();
  await here.client("suspend", "x", { reason: "r" });
  await here.host.runUntilIdle();
  expect(here.host.status("x")?.runtimeStatus).toBe("Suspended");
  expect(shape(here.host, "x")).toContain("5>0");
  await here.client("resume", "x", { reason: "r" });
  await here.host.runUntilIdle();
  expect(output(here)).toEqual(["Hello, Tokyo", "Hello, Seattle"]);
  expect(runs.get("sayHello Tokyo")).toBe(1);
});

test("trap 21: terminating a parent leaves its child and its activity alone, and waits for neither", async () => {
  const here = await rig();
  await here.start("parentCatchId", "x", "waiter");
  await here.host.runUntilIdle();
  await here.client("terminate", "x", { reason: "r" });
  await here.host.step();
  expect(here.host.status("x")?.runtimeStatus).toBe("Terminated");
  expect(here.host.status("x-child")?.runtimeStatus).toBe("Running");
});

test("trap 30: nothing of an orchestration is in memory only", async () => {
  const here = await rig();
  await here.start("incident", "x");
  while (await here.host.step()) {
    here.host.abandon();
    await here.reopen();
  }
  await here.client("raise", "x", { name: "approval", data: "1" });
  while (await here.host.step()) {
    here.host.abandon();
    await here.reopen();
  }
  expect(output(here)).toMatchObject({ approved: true });
});

test("trap 30: a timer that was set before a restart fires after it", async () => {
  const here = await rig();
  await here.start("sleep", "x", 60);
  await here.host.runUntilIdle();
  here.host.abandon();
  await here.reopen();
  await runToEnd(here);
  expect(output(here)).toBe("slept");
});

test("trap 31: a start without an input gives the orchestrator an empty text, not undefined", async () => {
  expect(output(await ended("input"))).toMatchObject({ input: "", type: "string" });
});
