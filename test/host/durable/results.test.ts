import * as df from "durable-functions";
import { type App, collectApp } from "../../../host/index";
import { disposeRigs, type Rig, rig } from "../harness";

const held = new Map<string, { count: number; release: () => void }>();
let app: App;

beforeAll(async () => {
  app = await collectApp(() => {
    df.app.activity("quick", { handler: (value: number) => value + 1 });
    df.app.activity("held", {
      async handler(key: string) {
        const count = (held.get(key)?.count ?? 0) + 1;
        await new Promise<void>((release) => held.set(key, { count, release }));
        return count;
      },
    });
    df.app.orchestration("three", function* (context) {
      let value = 0;
      for (let at = 0; at < 3; at += 1) {
        value = yield context.df.callActivity("quick", value);
      }
      return value;
    });
    df.app.orchestration("hold", function* (context) {
      return yield context.df.callActivity("held", context.df.instanceId);
    });
  });
});
afterEach(disposeRigs);

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) {
      throw new Error(`Waited in vain for ${what}.`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const start = (here: Rig, name: string, id: string) =>
  fetch(`${here.host.url}/runtime/webhooks/durabletask/orchestrators/${name}/${id}`, {
    method: "POST",
    headers: { "x-functions-key": here.host.keys().system },
  });

const hasEnded = (here: Rig, id: string) => here.host.status(id)?.runtimeStatus === "Completed";

test("takes an activity's result into the turn that it leads to, in one transaction", async () => {
  const points: string[] = [];
  const here = await rig({ app, mode: "live", clock: Date, onCommit: (point) => points.push(point) });
  await start(here, "three", "a");
  await until("the end", () => hasEnded(here, "a"));
  expect(here.host.status("a")?.output).toBe(3);
  expect(points.filter((point) => point === "turn:after")).toHaveLength(4);
  expect(points).not.toContain("activity:before");
});

test("runs an activity again when the turn that has its result is not committed", async () => {
  let armed = false;
  let crashed = false;
  const here = await rig({
    app,
    mode: "live",
    clock: Date,
    onCommit(point) {
      if (armed && point === "turn:before") {
        crashed = true;
        throw new Error("crash");
      }
    },
  });
  await start(here, "hold", "b");
  await until("the activity to run", () => held.has("b"));
  armed = true;
  held.get("b")?.release();
  await until("the crash", () => crashed);
  here.host.abandon();
  armed = false;
  await here.reopen();
  await until("the activity to run again", () => held.get("b")?.count === 2);
  held.get("b")?.release();
  await until("the end", () => hasEnded(here, "b"));
  expect(here.host.status("b")?.output).toBe(2);
});

test("keeps a result that comes while the host is stopping", async () => {
  const here = await rig({ app, mode: "live", clock: Date });
  await start(here, "hold", "c");
  await until("the activity to run", () => held.has("c"));
  const closing = here.host.close();
  await expect(fetch(here.host.url ?? "")).rejects.toThrow("fetch failed");
  held.get("c")?.release();
  await closing;
  await here.reopen();
  await until("the end", () => hasEnded(here, "c"));
  expect(held.get("c")?.count).toBe(1);
});

test("a result that outlives its instance takes nothing from the one that came after it", async () => {
  let turns = 0;
  const here = await rig({
    app,
    mode: "live",
    clock: Date,
    onCommit(point) {
      turns += point === "turn:after" ? 1 : 0;
    },
  });
  await start(here, "hold", "d");
  await until("the activity to run", () => held.has("d"));
  const { release } = held.get("d") ?? {};
  await fetch(`${here.host.rpcBaseUrl}instances/d/terminate`, { method: "POST" });
  await until("the end of the first", () => here.host.status("d")?.runtimeStatus === "Terminated");
  await start(here, "hold", "d");
  await until("the activity to run again", () => held.get("d")?.count === 2);
  const before = turns;
  release?.();
  await until("the late result", () => turns > before);
  const second = held.get("d");
  here.host.abandon();
  second?.release();
  await here.reopen();
  await until("the second's activity to run again", () => held.get("d")?.count === 3);
  held.get("d")?.release();
  await until("the end of the second", () => hasEnded(here, "d"));
});
