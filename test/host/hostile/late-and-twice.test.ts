import { Hostile } from "../../../host/index";
import { disposeRigs, rig, runs, runToEnd, shape } from "../harness";
import { calm, only } from "./calm";

afterEach(disposeRigs);
beforeEach(() => runs.clear());

test("brings an activity back 30 or 60 s later, with and without an effect before", async () => {
  const seen = new Set<string>();
  for (let seed = 1; seed <= 12; seed += 1) {
    runs.clear();
    const hostile = new Hostile({ seed, rates: { ...calm } });
    const here = await rig({ hostile });
    await here.start("hello", "h");
    await here.host.step();
    hostile.rates.late = 1;
    await here.host.step();
    hostile.rates.late = 0;
    const before = runs.get("sayHello Tokyo") ?? 0;
    const pause = (here.host.nextDueAt() ?? 0) - here.clock.now();
    await runToEnd(here);
    expect(here.host.status("h")?.runtimeStatus).toBe("Completed");
    expect(runs.get("sayHello Tokyo")).toBe(before + 1);
    seen.add(`${before} ${pause}`);
  }
  expect(seen).toEqual(new Set(["0 30000", "0 60000", "1 30000", "1 60000"]));
});

test("runs an activity twice, at once or later, and counts one result", async () => {
  const later = new Set<boolean>();
  for (let seed = 1; seed <= 8; seed += 1) {
    runs.clear();
    const here = await rig(only({ twice: 1 }, seed));
    await here.start("hello", "h");
    await here.host.runUntilIdle();
    expect(here.host.status("h")?.output).toEqual(["Hello, Tokyo", "Hello, Seattle"]);
    later.add(here.host.nextDueAt() !== undefined);
    await runToEnd(here);
    expect(Object.fromEntries(runs)).toEqual({ "sayHello Tokyo": 2, "sayHello Seattle": 2 });
    expect(shape(here.host, "h")).toBe("12 0(hello) 4:0(sayHello) 13 12 5>0 4:1(sayHello) 13 12 5>1 1 13");
  }
  expect(later).toEqual(new Set([true, false]));
});

test("lets an orchestration hear of a result late", async () => {
  const here = await rig(only({ lateResult: 1 }));
  await here.start("hello", "h");
  await here.host.runUntilIdle();
  const delay = (here.host.nextDueAt() ?? 0) - here.clock.now();
  expect(delay).toBeGreaterThan(0);
  expect(delay).toBeLessThanOrEqual(57_000);
  await runToEnd(here);
  expect(here.host.status("h")?.runtimeStatus).toBe("Completed");
});

test("fires durable timers up to a second early, and never twice", async () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const here = await rig(only({ earlyTimer: 1 }, seed));
    const began = here.clock.now();
    await here.start("sleep", "s", 4);
    await here.host.step();
    const wait = (here.host.nextDueAt() ?? 0) - began;
    expect(wait).toBeGreaterThanOrEqual(3000);
    expect(wait).toBeLessThan(4000);
    await runToEnd(here);
    expect(here.clock.now() - began).toBe(wait);
    expect(here.host.status("s")?.output).toBe("slept");
    expect(shape(here.host, "s")).toBe("12 0(sleep) 10:0 13 12 11>0 1 13");
  }
});

test("lengthens a chain of timers when the last one is early, as the library does", async () => {
  const here = await rig(only({ earlyTimer: 1 }));
  await here.start("longtimer", "l");
  await runToEnd(here);
  expect(here.host.status("l")).toMatchObject({ runtimeStatus: "Completed" });
});

test("delivers events late and in another order, and loses none", async () => {
  const orders = new Set<string>();
  for (let seed = 1; seed <= 6; seed += 1) {
    const here = await rig(only({ lateEvent: 1 }, seed));
    await here.start("sameev", "e");
    await here.host.runUntilIdle();
    await here.client("raise", "e", { name: "e", data: "1" });
    await here.client("raise", "e", { name: "e", data: "2" });
    await here.host.runUntilIdle();
    expect(here.host.status("e")?.runtimeStatus).toBe("Running");
    const began = here.clock.now();
    await runToEnd(here);
    expect(here.clock.now() - began).toBeLessThanOrEqual(30_000);
    orders.add(JSON.stringify(here.host.status("e")?.output));
  }
  expect(orders).toEqual(new Set(["[1,2]", "[2,1]"]));
});

test("gives a turn its events in any order, behind its start", async () => {
  const orders = new Set<string>();
  for (let seed = 1; seed <= 6; seed += 1) {
    const here = await rig(only({ disorder: 1 }, seed));
    await here.start("sameev", "e");
    await here.client("raise", "e", { name: "e", data: "1" });
    await here.client("raise", "e", { name: "e", data: "2" });
    await runToEnd(here);
    orders.add(JSON.stringify(here.host.status("e")?.output));
  }
  expect(orders).toEqual(new Set(["[1,2]", "[2,1]"]));
});

const plays: [string, unknown, string | undefined, unknown][] = [
  ["hello", undefined, undefined, ["Hello, Tokyo", "Hello, Seattle"]],
  ["fan", undefined, undefined, [1, 2, 3]],
  ["can", 0, undefined, 3],
  ["parent", {}, undefined, { child: ["Hello, Tokyo", "Hello, Seattle"] }],
  ["anyev", { secs: 300 }, "go", { winner: "event", data: null }],
  ["longtimer", {}, undefined, 2],
];

const seeds = process.env["SWITCHOVER_PROVE"] ? 300 : 12;

test.each(plays)(`ends %s rightly in ${seeds} seeds without a death`, async (name, input, event, output) => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const here = await rig({ hostile: { seed, rates: { death: 0 } } });
    await here.start(name, "h", input);
    await here.host.runUntilIdle();
    if (event) {
      await here.client("raise", "h", { name: event });
    }
    await runToEnd(here);
    const told = here.host.hostileLog().join("\n");
    expect({ told, output: here.host.status("h")?.output }).toEqual({ told, output });
    here.host.abandon();
  }
});
