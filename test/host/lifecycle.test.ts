import { disposeRigs, rig, runToEnd, shape } from "./harness";

afterEach(disposeRigs);

test("terminates with the reason, drops what its activities bring, and leaves the children alone", async () => {
  const here = await rig();
  await here.start("parentCatchId", "p", "waiter");
  await here.start("hello", "h");
  await here.host.step();
  await here.host.step();
  await here.host.step();
  await here.client("terminate", "h", { reason: "enough" });
  await here.client("terminate", "p", { reason: "enough" });
  await here.host.runUntilIdle();
  expect(here.host.status("h")).toMatchObject({ runtimeStatus: "Terminated", output: "enough" });
  expect(here.host.status("p")?.runtimeStatus).toBe("Terminated");
  expect(here.host.status("p-child")?.runtimeStatus).toBe("Running");
  expect(shape(here.host, "h")).toBe("12 0(hello) 4:0(sayHello) 13 12 3 1 13");
});

test("fails the parent of a terminated child, past its catch, as on Azure", async () => {
  const here = await rig();
  await here.start("parentCatchId", "p", "waiter");
  await here.host.runUntilIdle();
  await here.client("terminate", "p-child", { reason: "stop" });
  await here.host.runUntilIdle();
  expect(here.host.status("p")?.runtimeStatus).toBe("Failed");
});

test("holds everything while suspended and catches up on resume", async () => {
  const here = await rig();
  await here.start("anyev", "s", { secs: 4 });
  await here.host.runUntilIdle();
  await here.client("suspend", "s", { reason: "wait" });
  await here.host.runUntilIdle();
  expect(here.host.status("s")).toMatchObject({ runtimeStatus: "Suspended", output: "wait" });
  await runToEnd(here);
  expect(here.host.status("s")?.runtimeStatus).toBe("Suspended");
  await here.client("resume", "s", { reason: "go on" });
  await here.host.runUntilIdle();
  expect(here.host.status("s")).toMatchObject({ runtimeStatus: "Completed", output: { winner: "timer" } });
});

test("schedules nothing new while suspended", async () => {
  const here = await rig();
  await here.start("hello", "s");
  await here.host.step();
  await here.client("suspend", "s", { reason: "wait" });
  await here.host.runUntilIdle();
  expect(shape(here.host, "s")).not.toContain("4:1");
  await here.client("resume", "s", { reason: "go" });
  await here.host.runUntilIdle();
  expect(here.host.status("s")?.output).toEqual(["Hello, Tokyo", "Hello, Seattle"]);
});

test("refuses to suspend what is suspended and to resume what is not", async () => {
  const here = await rig();
  await here.start("waiter", "s");
  await here.host.runUntilIdle();
  expect(await here.client("resume", "s", { reason: "r" })).toMatchObject({
    threw: "Error",
    message: expect.stringContaining("because instance is in the Running state") as string,
  });
  await here.client("suspend", "s", { reason: "r" });
  await here.host.runUntilIdle();
  expect(await here.client("suspend", "s", { reason: "r" })).toMatchObject({
    message: expect.stringContaining("because instance is in the Suspended state") as string,
  });
});

test("refuses to start an id that runs, and starts over one that has ended", async () => {
  const here = await rig();
  const first = await here.start("waiter", "w");
  expect(first.status).toBe(202);
  const pending = (await (await here.start("hello", "w")).json()) as { message: string };
  expect(pending.message).toContain("409");
  expect(pending.message).toContain("An Orchestration instance with the status Pending already exists.");
  await here.host.runUntilIdle();
  expect(await (await here.start("hello", "w")).text()).toContain("status Running already exists");
  await here.client("terminate", "w", { reason: "x" });
  await here.host.runUntilIdle();
  expect((await here.start("hello", "w")).status).toBe(202);
  await here.host.runUntilIdle();
  expect(here.host.status("w")).toMatchObject({ name: "hello", runtimeStatus: "Completed" });
});

test("keeps events for a finished instance out, and says so only to those who look", async () => {
  const here = await rig();
  await here.start("hello", "h");
  await here.host.runUntilIdle();
  const before = shape(here.host, "h");
  expect(await here.client("raise", "h", { name: "go" })).toEqual({ ok: null });
  expect(await here.client("raise", "missing", { name: "go" })).toMatchObject({
    message: "No instance with ID 'missing' found.",
  });
  const response = await fetch(`${here.host.rpcBaseUrl}instances/h/raiseEvent/go`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "1",
  });
  expect(response.status).toBe(410);
  await here.host.runUntilIdle();
  expect(shape(here.host, "h")).toBe(before);
});

test("purges what has ended, never what runs", async () => {
  const here = await rig();
  await here.start("hello", "h");
  await here.start("waiter", "w");
  await here.host.runUntilIdle();
  expect(await here.client("purge", "w")).toMatchObject({
    message: expect.stringContaining("412") as string,
  });
  const url = `${here.host.rpcBaseUrl}instances?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Running`;
  expect((await fetch(url, { method: "DELETE" })).status).toBe(404);
  expect(here.host.status("w")?.runtimeStatus).toBe("Running");
  expect(await here.client("purge", "h")).toEqual({ ok: { instancesDeleted: 1 } });
  expect(here.host.status("h")).toBeUndefined();
  expect(here.host.history("h")).toEqual([]);
  expect(await here.client("purge", "h")).toEqual({ ok: { instancesDeleted: 0 } });
});

test("fails an instance from outside: results are dropped, and the parent can catch it", async () => {
  const here = await rig();
  await here.start("parentCatchId", "p", "hello");
  await here.host.step();
  await here.host.step();
  here.host.failInstance("p-child", "node exited with code 137 (0x89)");
  expect(here.host.status("p-child")).toMatchObject({
    runtimeStatus: "Failed",
    output:
      "Orchestrator function 'hello' failed: One or more errors occurred. (node exited with code 137 (0x89))",
  });
  await here.host.runUntilIdle();
  expect(here.host.status("p")).toMatchObject({ runtimeStatus: "Completed" });
  expect(here.host.status("p")?.output).toEqual({
    caught: expect.stringContaining("exited with code 137") as string,
  });
});

test("drops the outcome of a turn that was in flight when its instance was failed", async () => {
  const here = await rig();
  await here.start("hello", "h");
  const turn = here.host.step();
  here.host.failInstance("h", "node exited with code 1 (0x1)");
  await turn;
  await here.host.runUntilIdle();
  expect(here.host.status("h")?.runtimeStatus).toBe("Failed");
  expect(shape(here.host, "h")).toBe("1");
});

test("does not forget an event that comes right after continue-as-new", async () => {
  const here = await rig();
  await here.start("canev", "c");
  await here.host.step();
  await here.client("raise", "c", { name: "add", data: "1" });
  await here.host.step();
  await here.client("raise", "c", { name: "add", data: "2" });
  await here.client("raise", "c", { name: "add", data: "3" });
  await here.host.runUntilIdle();
  expect(here.host.status("c")).toMatchObject({ runtimeStatus: "Completed", output: [1, 2, 3] });
});
