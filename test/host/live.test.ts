import * as df from "durable-functions";
import { collectApp } from "../../host/index";
import { disposeRigs, type Rig, rig, shape } from "./harness";

afterEach(disposeRigs);

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${what}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const liveRig = (): Promise<Rig> => rig({ mode: "live", clock: Date });

const post = (here: Rig, path: string, body?: string) =>
  fetch(`${here.host.url}/api/${path}`, { method: "POST", ...(body === undefined ? {} : { body }) });

test("runs by itself: many instances, timers, events and children", async () => {
  const here = await liveRig();
  const starts: Promise<Response>[] = [];
  for (let at = 0; at < 25; at += 1) {
    starts.push(post(here, `start/incident/i${at}`), post(here, `start/anyev/t${at}`, '{"secs":0.05}'));
    starts.push(post(here, `start/retryUncaught/r${at}`, "1"));
  }
  const answers = await Promise.all(starts);
  expect(answers.every(({ status }) => status === 202)).toBe(true);
  await Promise.all(Array.from({ length: 25 }, (_, at) => post(here, `client/raise/i${at}?name=approval`)));
  const of = (prefix: string) =>
    here.host.instances().filter(({ instanceId }) => instanceId.startsWith(prefix));
  await until("all to end", () =>
    here.host.instances().every(({ runtimeStatus }) => ["Completed", "Failed"].includes(runtimeStatus)),
  );
  expect(of("i").filter(({ output }) => (output as { approved: boolean }).approved)).toHaveLength(25);
  expect(of("t").map(({ output }) => output)).toEqual(
    Array.from({ length: 25 }, () => ({ winner: "timer" })),
  );
  expect(of("r").every(({ runtimeStatus }) => runtimeStatus === "Failed")).toBe(true);
});

test("waits for a start to end where the caller asks for it", async () => {
  const here = await liveRig();
  const root = `${here.host.url}/runtime/webhooks/durabletask/orchestrators`;
  const query = `timeout=5&pollingInterval=0.05&code=${here.host.keys().system}`;
  const done = await fetch(`${root}/hello?${query}`, { method: "POST" });
  expect([done.status, await done.json()]).toEqual([200, ["Hello, Tokyo", "Hello, Seattle"]]);
  const failed = await fetch(`${root}/orchthrow0?${query}`, { method: "POST" });
  expect([failed.status, await failed.json()]).toEqual([
    200,
    expect.objectContaining({ runtimeStatus: "Failed" }),
  ]);
  const waits = await fetch(`${root}/waiter?${query.replace("timeout=5", "timeout=0.1")}`, {
    method: "POST",
  });
  expect(waits.status).toBe(202);
});

test("takes up after abandon what was in flight", async () => {
  const here = await liveRig();
  await Promise.all(Array.from({ length: 20 }, (_, at) => post(here, `start/hello/h${at}`)));
  here.host.abandon();
  await here.reopen();
  await until("all to end", () => {
    const all = here.host.instances();
    return all.length === 20 && all.every(({ runtimeStatus }) => runtimeStatus === "Completed");
  });
});

test("fires a timer that comes due between two looks at the clock", async () => {
  let now = Date.parse("2026-11-23T02:00:00Z");
  let step = 0;
  const clock = {
    now() {
      now += step;
      return now;
    },
  };
  const here = await rig({ mode: "live", clock });
  await post(here, "start/sleep/x", "0.02");
  await until("the timer to be set", () => shape(here.host, "x").endsWith("10:0 13"));
  // Until now the clock stood still and the alarm came again and again, too early. The next look is a millisecond
  // too early as well, and the one after it, when the alarm is set again, is on time.
  now += 18;
  step = 1;
  await until("the timer to fire", () => here.host.status("x")?.runtimeStatus === "Completed");
});

test("fires a timer on time while activities wait for others to end", async () => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const app = await collectApp(() => {
    df.app.activity("long", { handler: () => released });
    df.app.orchestration("waits", function* (context) {
      yield context.df.callActivity("long");
    });
    df.app.orchestration("sleep", function* (context) {
      yield context.df.createTimer(new Date(context.df.currentUtcDateTime.getTime() + 500));
      return "slept";
    });
  });
  const hostJson = { extensions: { durableTask: { maxConcurrentActivityFunctions: 1 } } };
  const here = await rig({ app, hostJson, mode: "live", clock: Date });
  const start = (name: string, id: string) =>
    fetch(`${here.host.rpcBaseUrl}orchestrators/${name}/${id}`, { method: "POST" });
  await Promise.all([start("sleep", "x"), start("waits", "a"), start("waits", "b")]);
  try {
    await until("the timer to fire", () => here.host.status("x")?.runtimeStatus === "Completed");
  } finally {
    release();
  }
  await until("all to end", () =>
    here.host.instances().every(({ runtimeStatus }) => runtimeStatus === "Completed"),
  );
});

test("refuses a port that is taken, and lets go of the state", async () => {
  const here = await liveRig();
  const port = Number(new URL(here.host.url ?? "").port);
  const other = await rig();
  await other.host.close();
  await expect(other.reopen({ mode: "live", port })).rejects.toMatchObject({ code: "port-taken" });
  await other.reopen();
});

test("is closed twice without harm", async () => {
  const here = await liveRig();
  await here.host.close();
  await here.host.close();
  here.host.abandon();
  await expect(
    here.host.fetch(new Request("http://localhost/api/start/hello/x", { method: "POST" })),
  ).rejects.toThrow("The host has stopped.");
});
