import { disposeRigs, type Rig, rig, runs, runToEnd, shape } from "./harness";

afterEach(disposeRigs);

async function finished(
  here: Rig,
  name: string,
  input?: unknown,
): Promise<{ status: string; output: unknown }> {
  const id = `test-${name}`;
  await here.start(name, id, input);
  await runToEnd(here);
  const { runtimeStatus = "none", output } = here.host.status(id) ?? {};
  return { status: runtimeStatus, output };
}

test("gives a sequence the numbers of the library", async () => {
  const here = await rig();
  expect(await finished(here, "hello")).toEqual({
    status: "Completed",
    output: ["Hello, Tokyo", "Hello, Seattle"],
  });
  expect(shape(here.host, "test-hello")).toBe(
    "12 0(hello) 4:0(sayHello) 13 12 5>0 4:1(sayHello) 13 12 5>1 1 13",
  );
});

test("runs one unit per step, turns before activities", async () => {
  const { host, start } = await rig();
  await start("fan", "fan");
  const units: unknown[] = [];
  for (let unit = await host.step(); unit; unit = await host.step()) {
    units.push(unit);
  }
  expect(units).toEqual(["turn", "activity", "turn", "activity", "turn", "activity", "turn"]);
  expect(host.status("fan")?.output).toEqual([1, 2, 3]);
});

test("keeps the numbers right when retries in parallel interleave", async () => {
  const here = await rig();
  expect(await finished(here, "retryFan")).toEqual({
    status: "Completed",
    output: { results: ["ok at 1", "ok at 2", "ok at 3"], after: 2 },
  });
  const ids = here.host.history("test-retryFan").flatMap(({ EventId }) => (EventId < 0 ? [] : [EventId]));
  expect(ids).toEqual([...ids.keys()]);
});

test("splits a timer that is longer than six days", async () => {
  const here = await rig();
  const began = here.clock.now();
  await finished(here, "longtimer");
  expect(shape(here.host, "test-longtimer")).toBe(
    "12 0(longtimer) 10:0 13 12 11>0 10:1 13 12 11>1 4:2(inc) 13 12 5>2 1 13",
  );
  expect(here.clock.now() - began).toBe(8 * 24 * 3600 * 1000);
});

test("never fires a timer early", async () => {
  const here = await rig();
  await here.start("sleep", "sleep", 60);
  await here.host.runUntilIdle();
  here.clock.advance(59_999);
  expect(await here.host.step()).toBeUndefined();
  here.clock.advance(1);
  await here.host.runUntilIdle();
  expect(here.host.status("sleep")?.output).toBe("slept");
});

test("completes only when a timer that nobody cancelled has fired", async () => {
  const here = await rig();
  await here.start("anyLeftOpen", "open");
  await here.host.runUntilIdle();
  await here.client("raise", "open", { name: "go" });
  await here.host.runUntilIdle();
  expect(here.host.status("open")?.runtimeStatus).toBe("Running");
  await runToEnd(here);
  expect(here.host.status("open")).toMatchObject({ runtimeStatus: "Completed", output: "returned" });
});

test("goes on undisturbed when a cancelled timer's time comes", async () => {
  const here = await rig();
  await here.start("anyThenWait", "cancelled");
  await here.host.runUntilIdle();
  await here.client("raise", "cancelled", { name: "go", data: "1" });
  await runToEnd(here);
  await here.client("raise", "cancelled", { name: "more", data: "2" });
  await here.host.runUntilIdle();
  expect(here.host.status("cancelled")?.output).toEqual({ first: 1, n: 2, second: 2 });
  expect(shape(here.host, "cancelled")).toContain("12 11>0 13");
});

test("serves several waits on one name newest first", async () => {
  const here = await rig();
  await here.start("lifo", "lifo");
  await here.host.runUntilIdle();
  await here.client("raise", "lifo", { name: "e", data: "1" });
  await here.client("raise", "lifo", { name: "e", data: "2" });
  await here.host.runUntilIdle();
  expect(here.host.status("lifo")?.output).toEqual([2, 1]);
});

test("leaves a wait alone when the event's name differs in case", async () => {
  const here = await rig();
  await here.start("waiter", "case");
  await here.host.runUntilIdle();
  await here.client("raise", "case", { name: "GO", data: "1" });
  await here.host.runUntilIdle();
  expect(here.host.status("case")?.runtimeStatus).toBe("Running");
});

test("carries over the events that come in the same turn as continue-as-new", async () => {
  const here = await rig();
  await here.start("canev", "canev");
  for (const data of ["1", "2", "3"]) {
    await here.client("raise", "canev", { name: "add", data });
  }
  await here.host.runUntilIdle();
  expect(here.host.status("canev")).toMatchObject({
    runtimeStatus: "Completed",
    output: [1, 2, 3],
    input: [1, 2],
  });
});

test("gives continue-as-new with a text the text with its quotes, as on Azure", async () => {
  expect(await finished(await rig(), "canText")).toEqual({ status: "Completed", output: { length: 3 } });
});

test.each([
  [true, { type: "string", value: "True" }],
  ["123", { type: "string", value: "123" }],
  [5, { type: "number", value: 5 }],
  [0, { type: "number", value: 0 }],
  ["", { type: "string", value: "" }],
  [{ a: [1] }, { type: "object", value: { a: [1] } }],
  [null, { type: "undefined", value: null }],
])("hands the input %j of an activity over as Azure does", async (value, output) => {
  expect(await finished(await rig(), "types", { value })).toEqual({ status: "Completed", output });
});

test("fails the call of an unknown activity instead of hanging", async () => {
  const here = await rig();
  const { status, output } = await finished(here, "noact");
  expect(status).toBe("Failed");
  expect(output).toContain("Activity function 'doesNotExist' does not exist.");
  expect(here.log.some(({ level, message }) => level === "error" && message.includes("doesNotExist"))).toBe(
    true,
  );
});

test("fails an unknown orchestrator and names the known ones", async () => {
  const { status, output } = await finished(await rig(), "nosuch");
  expect(status).toBe("Failed");
  expect(output).toContain(
    "The function 'nosuch' doesn't exist, is disabled, or is not an orchestrator function.",
  );
  expect(output).toContain("'hello'");
});

test("fails an orchestrator that throws an empty message instead of hanging", async () => {
  expect(await finished(await rig(), "emptyError")).toMatchObject({ status: "Failed" });
});

test("fails callHttp with a sentence", async () => {
  const { status, output } = await finished(await rig(), "callsHttp");
  expect(status).toBe("Failed");
  expect(output).toContain("callHttp is not available in this host");
});

test("fails a custom status of more than 16 KB", async () => {
  const { status, output } = await finished(await rig(), "bigStatus");
  expect(status).toBe("Failed");
  expect(output).toContain("16 KB");
});

test("marks the log lines that an orchestrator only repeats", async () => {
  const here = await rig();
  await finished(here, "replaying");
  const lines = here.log.filter(({ category }) => category === "user");
  expect(lines.map(({ message, replay }) => [message, replay])).toEqual([
    ["before", false],
    ["before", true],
    ["after", false],
  ]);
});

test("names a child after its parent's execution and its number", async () => {
  const here = await rig();
  await finished(here, "parentRetry");
  const started = here.host.history("test-parentRetry").find(({ EventType }) => EventType === 0);
  const execution = started?.OrchestrationInstance?.ExecutionId;
  const children = here.host.instances().filter(({ name }) => name === "orchthrow");
  expect(children.map(({ instanceId }) => instanceId)).toEqual([`${execution}:0`, `${execution}:2`]);
});

test("tells the parent when a child's id is taken, instead of waiting for ever", async () => {
  const here = await rig();
  await here.start("waiter", "taken");
  await here.host.runUntilIdle();
  const { status, output } = await finished(here, "parent", { child: "hello", childId: "taken" });
  expect(status).toBe("Failed");
  expect(output).toContain("An Orchestration instance with the status Running already exists.");
});

test("runs an incident: diagnosis, approval or time-out, steps, a child", async () => {
  const here = await rig();
  await here.start("incident", "incident");
  await here.host.runUntilIdle();
  await here.client("raise", "incident", { name: "approval" });
  await here.host.runUntilIdle();
  expect(here.host.status("incident")).toMatchObject({
    runtimeStatus: "Completed",
    output: {
      approved: true,
      steps: ["Hello, D", "Hello, E", "Hello, F"],
      both: [2, ["Hello, Tokyo", "Hello, Seattle"]],
    },
  });
  expect(runs.get("sayHello D")).toBeGreaterThan(0);
});
