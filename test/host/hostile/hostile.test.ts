import { Hostile } from "../../../host/index";
import { disposeRigs, type Rig, rig, runs, runToEnd, shape } from "../harness";
import { calm, only } from "./calm";

afterEach(disposeRigs);
beforeEach(() => runs.clear());

const killed = "node exited with code 137 (0x89)";

test("does the same to the same run for the same seed, and something else for another", async () => {
  const story = async (seed: number) => {
    const here = await rig({ hostile: { seed } });
    for (const name of ["hello", "fan", "anyev", "retryUncaught"]) {
      await here.start(name, name);
    }
    await runToEnd(here);
    return here.host.hostileLog();
  };
  const first = await story(7);
  expect(first.length).toBeGreaterThan(2);
  expect(await story(7)).toEqual(first);
  expect(await story(8)).not.toEqual(first);
});

test("tells the log each thing that it does", async () => {
  const here = await rig(only({ late: 1 }));
  await here.start("hello", "h");
  await here.host.step();
  const said = here.log.filter(({ category }) => category === "hostile").map(({ message }) => message);
  expect(here.host.hostileLog()).toEqual([`2026-11-23T02:00:00.000Z ${said[0]}`]);
  expect(said).toEqual([expect.stringMatching(/^hostile 1\/1: a turn of h is lost and runs again [36]0 s/)]);
});

test("refuses a rate that is none", async () => {
  await expect(rig({ hostile: { seed: 1, rates: { late: 2 } } })).rejects.toThrow(
    /The hostile rate 'late' is 2: the rates are death, late/,
  );
});

test("is silent in earnest", async () => {
  const here = await rig();
  expect(here.host.hostileLog()).toEqual([]);
});

/** A worker that dies in the first activity: turns pass because the seed is chosen for it. */
async function dyingActivity(name: string, seed: number): Promise<Rig> {
  const hostile = new Hostile({ seed, rates: { ...calm } });
  const here = await rig({ hostile });
  await here.start(name, "h");
  await here.host.step();
  hostile.rates.death = 1;
  await here.host.step();
  hostile.rates.death = 0;
  return here;
}

test("fails an activity in flight as a dead worker does, before or after its effect", async () => {
  const effects = new Set<number>();
  for (let seed = 1; seed <= 8; seed += 1) {
    runs.clear();
    const here = await dyingActivity("hello", seed);
    effects.add(runs.get("sayHello Tokyo") ?? 0);
    await runToEnd(here);
    expect(here.host.status("h")?.runtimeStatus).toBe("Failed");
    const failed = here.host.history("h").find(({ EventType }) => EventType === 6);
    expect(failed?.Reason).toBe(`Activity function 'sayHello' failed: ${killed}`);
    expect(runs.has("sayHello Seattle")).toBe(false);
  }
  expect(effects).toEqual(new Set([0, 1]));
});

test("fails every activity in flight with it", async () => {
  const here = await dyingActivity("fan", 3);
  await runToEnd(here);
  expect(shape(here.host, "h")).toMatch(/^12 0\(fan\) 4:0\(inc\) 4:1\(inc\) 4:2\(inc\) 13 12 6>0 6>1 6>2 /);
});

test("repeats what the worker's death has failed, where the app asks for it", async () => {
  const hostile = new Hostile({ seed: 1, rates: { ...calm } });
  const here = await rig({ hostile });
  await here.start("retry", "h", { key: "k", okAt: 1 });
  await here.host.step();
  hostile.rates.death = 1;
  await here.host.step();
  hostile.rates.death = 0;
  await runToEnd(here);
  expect(here.host.status("h")?.runtimeStatus).toBe("Completed");
});

test("fails for good an instance whose first turn is in flight, with the real text", async () => {
  const here = await rig(only({ death: 1 }));
  await here.start("hello", "h");
  await here.host.step();
  expect(here.host.status("h")).toMatchObject({
    runtimeStatus: "Failed",
    output: `Orchestrator function 'hello' failed: One or more errors occurred. (${killed})`,
  });
});

test("blames the code when a later turn is in flight, as the real host does", async () => {
  const hostile = new Hostile({ seed: 1, rates: { ...calm } });
  const here = await rig({ hostile });
  await here.start("hello", "h");
  await here.host.step();
  await here.host.step();
  hostile.rates.death = 1;
  await here.host.step();
  expect(here.host.status("h")).toMatchObject({
    runtimeStatus: "Failed",
    output:
      "Non-Deterministic workflow detected: A previous execution of this orchestration scheduled an activity task with sequence ID 0 and name 'sayHello' (version ''), but the current replay execution hasn't (yet?) scheduled this task. Was a change made to the orchestrator code after this instance had already started running?",
  });
});

test("lets a parent catch the failure of a child whose turn was in flight", async () => {
  const hostile = new Hostile({ seed: 1, rates: { ...calm } });
  const here = await rig({ hostile });
  await here.start("parentCatchId", "p", "hello");
  await here.host.step();
  hostile.rates.death = 1;
  await here.host.step();
  hostile.rates.death = 0;
  expect(here.host.status("p-child")?.runtimeStatus).toBe("Failed");
  await runToEnd(here);
  expect(here.host.status("p")?.output).toEqual({ caught: expect.stringContaining(killed) as string });
});

test("kills the worker twice in half an hour at most", async () => {
  const here = await rig(only({ death: 1 }));
  for (let at = 0; at < 5; at += 1) {
    await here.start("orchthrow0", `h${at}`);
    await runToEnd(here);
  }
  const deaths = () => here.host.hostileLog().filter((line) => line.includes("the worker dies")).length;
  expect(deaths()).toBe(2);
  here.clock.advance(30 * 60_000 + 1);
  await here.start("orchthrow0", "late");
  await runToEnd(here);
  expect(deaths()).toBe(3);
});

test("stops the host at the third death, if that is asked for", async () => {
  const here = await rig(only({ death: 1 }, 1, { deathsPerHalfHour: 3 }));
  for (let at = 0; at < 2; at += 1) {
    await here.start("orchthrow0", `h${at}`);
    await runToEnd(here);
  }
  here.clock.advance(10_000);
  await here.start("orchthrow0", "h2");
  await here.host.step();
  await expect(here.host.step()).rejects.toThrow("The host has stopped.");
  expect(here.host.hostileLog().join("\n")).toContain("once too often");
});

test("is without a worker for 1 s after a death, and for 10 s after the next", async () => {
  const here = await rig(only({ death: 1 }));
  const began = here.clock.now();
  await here.start("orchthrow0", "a");
  await here.host.step();
  await here.start("orchthrow0", "b");
  expect(await here.host.step()).toBeUndefined();
  expect(here.host.nextDueAt()).toBe(began + 1000);
  here.clock.advance(1000);
  await here.host.step();
  await here.start("orchthrow0", "c");
  expect(here.host.nextDueAt()).toBe(began + 11_000);
});

test("goes on where it was on a host that restarts with the same one", async () => {
  const hostile = new Hostile({ seed: 5, rates: { ...calm, late: 0.5 } });
  const here = await rig({ hostile });
  await here.start("hello", "h");
  await runToEnd(here);
  const before = here.host.hostileLog().length;
  here.host.abandon();
  await here.reopen({ hostile });
  expect(here.host.hostileLog()).toHaveLength(before);
});

test("fails what runs at that moment in a live host", async () => {
  const hostile = new Hostile({ seed: 1, rates: { ...calm } });
  const here = await rig({ mode: "live", clock: Date, hostile });
  await here.start("hello", "quiet");
  hostile.rates.death = 1;
  await here.start("hello", "h");
  const deadline = Date.now() + 20_000;
  while (here.host.status("h")?.runtimeStatus !== "Failed" && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(here.host.status("h")?.output).toContain(killed);
});
