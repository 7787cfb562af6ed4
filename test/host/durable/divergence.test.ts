import { type App, collectApp, type LogEntry } from "../../../host/index";
import { disposeRigs, rig } from "../harness";

type Context = {
  df: {
    callActivity(name: string, input?: unknown): unknown;
    callSubOrchestrator(name: string): unknown;
    createTimer(at: Date): unknown;
    waitForExternalEvent(name: string): unknown;
    currentUtcDateTime: Date;
    Task: { all(tasks: unknown[]): unknown };
  };
};
type Code = (context: Context) => Generator<unknown, unknown, unknown>;
type Durable = {
  app: {
    orchestration(name: string, code: Code): void;
    activity(name: string, options: { handler(input: unknown): unknown }): void;
  };
};

const df = require("durable-functions") as Durable;

afterEach(disposeRigs);

let ran: string[] = [];

/** An app of activities A and B and one orchestrator, whose code is given. */
function appWith(code: Code): Promise<App> {
  return collectApp(() => {
    for (const name of ["A", "B", "C"]) {
      df.app.activity(name, {
        handler() {
          ran.push(name);
          return name;
        },
      });
    }
    df.app.orchestration("changing", code);
    df.app.orchestration("child", function* () {
      return "child";
    });
  });
}

/** Runs A with the old code up to the wait for an event, then goes on with the new code. */
async function change(
  before: Code,
  after: Code,
  log: LogEntry[] = [],
): Promise<{ status: unknown; output: unknown }> {
  const old = await rig({ app: await appWith(before) });
  await fetch(`${old.host.rpcBaseUrl}orchestrators/changing/one`, { method: "POST" });
  await old.host.runUntilIdle();
  await old.host.close();
  ran = [];
  const now = await rig({
    app: await appWith(after),
    stateFile: old.stateFile,
    log: (entry) => log.push(entry),
  });
  const sent = await fetch(`${now.host.rpcBaseUrl}instances/one/raiseEvent/go`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "1",
  });
  expect(sent.status).toBe(202);
  await now.host.runUntilIdle();
  const { runtimeStatus, output } = now.host.status("one") ?? {};
  return { status: runtimeStatus, output };
}

const original: Code = function* ({ df: api }) {
  yield api.callActivity("A");
  yield api.waitForExternalEvent("go");
  return "done";
};

const soon = (context: Context) => new Date(context.df.currentUtcDateTime.getTime() + 1000);

const changes: [what: string, after: Code, text: string][] = [
  [
    "a timer where an activity was",
    function* (context) {
      yield context.df.createTimer(soon(context));
      yield context.df.waitForExternalEvent("go");
    },
    "scheduled an activity task with sequence number 0 named 'A' but the current orchestration replay instead produced a CreateTimerOrchestratorAction action with this sequence number.",
  ],
  [
    "another activity",
    function* ({ df: api }) {
      yield api.callActivity("C");
      yield api.waitForExternalEvent("go");
    },
    "named 'A', but the current orchestration replay instead scheduled an activity task named 'C' with this sequence number.",
  ],
  [
    "a sub-orchestration where an activity was",
    function* ({ df: api }) {
      yield api.callSubOrchestrator("child");
      yield api.waitForExternalEvent("go");
    },
    "instead produced a CreateSubOrchestrationAction action with this sequence number.",
  ],
  [
    "an activity that is gone",
    function* ({ df: api }) {
      yield api.waitForExternalEvent("go");
      yield api.callActivity("C");
    },
    "scheduled an activity task with sequence ID 0 and name 'A' (version ''), but the current replay execution hasn't (yet?) scheduled this task.",
  ],
];

test.each(changes)("fails on %s before anything wrong is sent out", async (_, after, text) => {
  const { status, output } = await change(original, after);
  expect(status).toBe("Failed");
  expect(output).toContain("Non-Deterministic workflow detected: ");
  expect(output).toContain(text);
  expect(ran).toEqual([]);
});

test("shows the history and the replay side by side", async () => {
  const { output } = await change(original, function* ({ df: api }) {
    yield api.callActivity("C");
    yield api.waitForExternalEvent("go");
  });
  expect(output).toContain("\n> 0: recorded activity A, now activity C");
});

test("goes on when something is added after what has happened", async () => {
  const result = await change(original, function* ({ df: api }) {
    yield api.callActivity("A");
    yield api.waitForExternalEvent("go");
    return yield api.callActivity("B");
  });
  expect(result).toEqual({ status: "Completed", output: "B" });
});

test("fails when the code waits for another event, which Azure does not notice", async () => {
  const result = await change(original, function* ({ df: api }) {
    yield api.callActivity("A");
    yield api.waitForExternalEvent("went");
    return "done";
  });
  expect(result).toEqual({
    status: "Failed",
    output: expect.stringContaining(
      "waited for 1 external events, but the current replay execution waits for others: 'went'.",
    ) as string,
  });
});

test("goes on with another input, as on Azure, and says so once", async () => {
  const log: LogEntry[] = [];
  const after: Code = function* ({ df: api }) {
    yield api.callActivity("A", "another");
    yield api.waitForExternalEvent("go");
    return yield api.callActivity("B");
  };
  expect(await change(original, after, log)).toEqual({ status: "Completed", output: "B" });
  const said = log.filter(({ message }) => message.includes("an input, the length of a timer"));
  expect(said).toMatchObject([{ level: "warning", instanceId: "one" }]);
});

test("takes no offence at an object that was passed on and is changed afterwards, as on Azure", async () => {
  const here = await rig({
    app: await appWith(function* ({ df: api }) {
      const list: unknown[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        list.push(yield api.callActivity("A", list));
      }
      return list;
    }),
  });
  await fetch(`${here.host.rpcBaseUrl}orchestrators/changing/two`, { method: "POST" });
  await here.host.runUntilIdle();
  expect(here.host.status("two")).toMatchObject({ runtimeStatus: "Completed", output: ["A", "A", "A"] });
});

test("runs an activity again that is yielded alone and then inside Task.all, as Azure does", async () => {
  ran = [];
  const here = await rig({
    app: await appWith(function* ({ df: api }) {
      const a = api.callActivity("A");
      yield a;
      return yield api.Task.all([a, api.callActivity("B")]);
    }),
  });
  await fetch(`${here.host.rpcBaseUrl}orchestrators/changing/two`, { method: "POST" });
  await here.host.runUntilIdle();
  expect(ran).toEqual(["A", "A", "B"]);
});
