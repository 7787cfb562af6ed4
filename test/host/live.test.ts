import { disposeRigs, type Rig, rig } from "./harness";

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
