import { type App, collectApp, type ReplayReport, replayHistories } from "../../host/index";
import { disposeRigs, rig, runToEnd, workflowApp } from "./harness";

type Context = {
  df: {
    callActivity(name: string, input?: unknown): unknown;
    createTimer(at: Date): unknown;
    waitForExternalEvent(name: string): unknown;
    currentUtcDateTime: Date;
    Task: { any(tasks: unknown[]): unknown };
  };
};
type Code = (context: Context) => Generator<unknown, unknown, unknown>;
type Durable = {
  app: {
    orchestration(name: string, code: Code): void;
    activity(name: string, options: { handler(): unknown }): void;
  };
};

const df = require("durable-functions") as Durable;

afterEach(disposeRigs);

const appWith = (code: Code): Promise<App> =>
  collectApp(() => {
    for (const name of ["A", "B"]) {
      df.app.activity(name, { handler: () => name });
    }
    df.app.orchestration("checked", code);
  });

const original: Code = function* ({ df: api }) {
  const first = yield api.callActivity("A", { n: 1 });
  const timer = api.createTimer(new Date(api.currentUtcDateTime.getTime() + 60_000));
  yield api.Task.any([api.waitForExternalEvent("go"), timer]);
  return first;
};

/** Runs the original, to its wait or to its end, and holds the history against other code. */
async function check(code: Code, options: { toEnd?: boolean } = {}): Promise<ReplayReport> {
  const here = await rig({ app: await appWith(original) });
  await fetch(`${here.host.rpcBaseUrl}orchestrators/checked/one`, { method: "POST" });
  await (options.toEnd ? runToEnd(here) : here.host.runUntilIdle());
  await here.host.close();
  return replayHistories({ app: await appWith(code), stateFile: here.stateFile });
}

const says = async (code: Code, options: { toEnd?: boolean } = {}): Promise<string | undefined> =>
  (await check(code, options)).differences[0]?.says;

test.each([{ toEnd: false }, { toEnd: true }])("finds nothing in unchanged code (%j)", async (options) => {
  expect(await check(original, options)).toEqual({ checked: 1, differences: [] });
});

const variant = (input: unknown, event: string, seconds: number, last: Code | undefined): Code =>
  function* (context) {
    const { df: api } = context;
    const first = yield api.callActivity("A", input);
    const timer = api.createTimer(new Date(api.currentUtcDateTime.getTime() + seconds * 1000));
    yield api.Task.any([api.waitForExternalEvent(event), timer]);
    return last ? yield* last(context) : first;
  };

test.each([
  ["another input", variant({ n: 2 }, "go", 60, undefined), "an input, the length of a timer"],
  ["another length of a timer", variant({ n: 1 }, "go", 61, undefined), "an input, the length of a timer"],
  ["another event", variant({ n: 1 }, "went", 60, undefined), "waits for others: 'went'"],
])("finds %s", async (_, code, text) => {
  expect(await says(code)).toContain(text);
  expect(await says(code, { toEnd: true })).toContain(text);
});

test("finds another activity, and shows both sides", async () => {
  const says1 = await says(function* ({ df: api }) {
    yield api.callActivity("B");
  });
  expect(says1).toContain("> 0: recorded activity A, now activity B");
});

test("finds an activity that is new at the same place", async () => {
  const code: Code = function* ({ df: api }) {
    const first = api.callActivity("A", { n: 1 });
    yield first;
    const timer = api.createTimer(new Date(api.currentUtcDateTime.getTime() + 60_000));
    yield api.Task.any([api.waitForExternalEvent("go"), timer, api.callActivity("B")]);
  };
  expect(await says(code)).toBeDefined();
});

test("finds another end of what has completed", async () => {
  const last: Code = function* () {
    return "another";
  };
  const code = variant({ n: 1 }, "go", 60, last);
  expect(await says(code)).toBeUndefined();
  expect(await says(code, { toEnd: true })).toBe('its output was "A", and now it is "another"');
});

test("finds an orchestrator that is gone", async () => {
  const here = await rig({ app: await appWith(original) });
  await fetch(`${here.host.rpcBaseUrl}orchestrators/checked/one`, { method: "POST" });
  await here.host.runUntilIdle();
  await here.host.close();
  const report = await replayHistories({ app: await workflowApp(), stateFile: here.stateFile });
  expect(report.differences).toMatchObject([
    { instanceId: "one", name: "checked", says: expect.stringContaining("doesn't exist") as string },
  ]);
});

test("accepts every way in which an instance can have ended, and writes nothing", async () => {
  const here = await rig();
  for (const name of [
    "hello",
    "orchthrow",
    "throwact",
    "retryUncaught",
    "can",
    "parentRetry",
    "longtimer",
    "fanfail",
  ]) {
    await here.start(name, name);
  }
  await here.start("waiter", "stopped");
  await here.start("waiter", "waits");
  await here.start("waiter", "paused");
  await here.start("nosuch", "unknown");
  await here.host.runUntilIdle();
  await here.client("terminate", "stopped", { reason: "r" });
  await here.client("suspend", "paused", { reason: "r" });
  await runToEnd(here);
  await here.start("hello", "failed");
  await here.host.step();
  here.host.failInstance("failed", "node exited with code 137 (0x89)");
  const before = here.host.instances();
  await here.host.close();
  const report = await replayHistories({ app: await workflowApp(), stateFile: here.stateFile });
  expect(report.differences).toEqual([]);
  expect(report.checked).toBeGreaterThanOrEqual(13);
  await here.reopen();
  expect(here.host.instances()).toEqual(before);
});
