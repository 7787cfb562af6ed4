import { disposeRigs, rig, runToEnd, shape } from "./harness";

afterEach(disposeRigs);

test("runs a sequence of activities", async () => {
  const { host, start } = await rig();
  const response = await start("hello", "one");
  expect(response.status).toBe(202);
  expect(await host.step()).toBe("turn");
  expect(await host.step()).toBe("activity");
  await host.runUntilIdle();
  expect(host.status("one")).toMatchObject({
    runtimeStatus: "Completed",
    output: ["Hello, Tokyo", "Hello, Seattle"],
    input: "",
  });
  expect(shape(host, "one")).toBe("12 0(hello) 4:0(sayHello) 13 12 5>0 4:1(sayHello) 13 12 5>1 1 13");
});

test("lets an event beat a timer, and the other way round", async () => {
  const one = await rig();
  await one.start("anyev", "event");
  await one.start("anyev", "timer");
  await one.host.runUntilIdle();
  expect(one.host.nextDueAt()).toBe(one.clock.now() + 5000);
  await one.client("raise", "event", { name: "go", data: '{"x":1}' });
  await runToEnd(one);
  expect(one.host.status("event")?.output).toEqual({ winner: "event", data: { x: 1 } });
  expect(one.host.status("timer")?.output).toEqual({ winner: "timer" });
});
