import { type App, collectApp } from "../../host/index";
import { disposeRigs, type Rig, rig, turns } from "./harness";

/** The traps on the way to a host like the real one, those around orchestrations: each has a test of its own. */
afterEach(disposeRigs);

type Functions = {
  app: { timer(name: string, options: object): void; http(name: string, options: object): void };
  output: { storageQueue(options: object): object };
};
type Durable = {
  app: {
    orchestration(name: string, code: (context: { df: Api }) => Generator): void;
    entity(name: string, code: () => void): void;
  };
  EntityId: new (name: string, key: string) => object;
};
type Api = { callEntity(id: object, operation: string): unknown; lock(id: object): unknown };

const functions = require("@azure/functions") as Functions;
const df = require("durable-functions") as Durable;

const appOf = (register: () => void): Promise<App> => collectApp(register);

const rpc = (here: Rig, path: string, init?: RequestInit) => fetch(`${here.host.rpcBaseUrl}${path}`, init);

async function oneEnded(): Promise<Rig> {
  const here = await rig();
  await here.start("hello", "done");
  await here.start("waiter", "waits");
  await here.host.runUntilIdle();
  return here;
}

test("trap 3: the library finds its host, so that registrations are not just warnings", async () => {
  const warn = jest.spyOn(console, "warn").mockImplementation(() => {});
  const app = await appOf(() => functions.app.http("found", { handler: () => ({}) }));
  expect(app.functions.map(({ name }) => name)).toEqual(["found"]);
  expect(app.model?.name).toBe("@azure/functions");
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

test("trap 4: links lead to where the host listens", async () => {
  const here = await rig({ mode: "live", clock: Date, settings: { WEBSITE_HOSTNAME: "localhost:0" } });
  const port = new URL(here.host.url ?? "").port;
  const answer = await fetch(
    `${here.host.url}/runtime/webhooks/durabletask/orchestrators/hello?code=${here.host.keys().system}`,
    {
      method: "POST",
    },
  );
  expect(new URL(answer.headers.get("location") ?? "").port).toBe(port);
});

test("trap 5: the old field of the schema's version is sent with the new one", async () => {
  turns.length = 0;
  await oneEnded();
  expect(turns[0]).toMatchObject({ upperSchemaVersion: 1, upperSchemaVersionNew: 3 });
});

test.each([
  ["calls an entity (trap 11)", (api: Api) => api.callEntity(new df.EntityId("counter", "k"), "get")],
  ["locks one (trap 12)", (api: Api) => api.lock(new df.EntityId("counter", "k"))],
])("an orchestrator that %s is refused with a sentence, not half done", async (_, act) => {
  const app = await appOf(() => {
    df.app.entity("counter", () => {});
    df.app.orchestration("uses", function* ({ df: api }) {
      yield act(api);
    });
  });
  expect(app.refused).toEqual([
    { name: "counter", reason: "Function 'counter' is not run: this host has no durable entities." },
  ]);
  const here = await rig({ app });
  await rpc(here, "orchestrators/uses/x", { method: "POST" });
  await here.host.runUntilIdle();
  expect(here.host.status("x")).toMatchObject({
    runtimeStatus: "Failed",
    output: "Orchestrator function 'uses' failed: durable entities are not available in this host.",
  });
});

test("trap 13: a list is 200, one that runs is 202", async () => {
  const here = await oneEnded();
  expect((await rpc(here, "instances/")).status).toBe(200);
  expect((await rpc(here, "instances/waits")).status).toBe(202);
  expect((await rpc(here, "instances/done")).status).toBe(200);
});

test("trap 14: the history is called historyEvents, and nothing is called history", async () => {
  const here = await oneEnded();
  const body = (await (await rpc(here, "instances/done?showHistory=true")).json()) as object;
  expect(Object.keys(body)).toContain("historyEvents");
  expect(Object.keys(body)).not.toContain("history");
});

test("trap 15: purge is 200, and a status has input and output even when there is none", async () => {
  const here = await oneEnded();
  const body = (await (await rpc(here, "instances/waits?showInput=false")).json()) as object;
  expect(body).toMatchObject({ input: null, output: null, customStatus: null });
  expect((await rpc(here, "instances/done", { method: "DELETE" })).status).toBe(200);
  await here.start("hello", "again");
  await here.host.runUntilIdle();
  const all = await rpc(here, "instances/?createdTimeFrom=2020-01-01T00:00:00Z", { method: "DELETE" });
  expect([all.status, await all.json()]).toEqual([200, { instancesDeleted: 1 }]);
});

test("trap 22: the durable client's address ends in a slash", async () => {
  expect((await rig()).host.rpcBaseUrl).toMatch(/\/$/);
});

test("trap 23: a wrong method is 404, the first name wins, parameters are text", async () => {
  const app = await appOf(() => {
    const handler = (request: { params: object }) => ({ jsonBody: request.params });
    functions.app.http("b", { route: "x/new", methods: ["GET"], handler: () => ({ body: "b" }) });
    functions.app.http("A", { route: "x/{id}", methods: ["GET"], handler });
  });
  const { host } = await rig({ app });
  const ask = (method: string) => host.fetch(new Request("http://localhost/api/x/new", { method }));
  expect(await (await ask("GET")).json()).toEqual({ id: "new" });
  expect(
    await Promise.all(["POST", "HEAD", "OPTIONS"].map(async (method) => (await ask(method)).status)),
  ).toEqual([404, 404, 404]);
});

test("trap 24: of several Set-Cookie headers only the last one survives", async () => {
  const app = await appOf(() => {
    functions.app.http("c", {
      handler: () => ({
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
      }),
    });
  });
  const { host } = await rig({ app });
  expect((await host.fetch(new Request("http://localhost/api/c"))).headers.getSetCookie()).toEqual(["b=2"]);
});

test("trap 25: work that a busy handler held up is done once, afterwards", async () => {
  const ticks: boolean[] = [];
  const app = await appOf(() => {
    functions.app.timer("tick", {
      schedule: "0 * * * * *",
      handler: ({ isPastDue }: { isPastDue: boolean }) => void ticks.push(isPastDue),
    });
  });
  const { host, clock } = await rig({ app });
  clock.advance(10 * 60_000);
  await host.runUntilIdle();
  expect(ticks).toHaveLength(1);
});

test("trap 27: a trigger's runs don't overlap, and what was missed is one run", async () => {
  let open = 0;
  let most = 0;
  const app = await appOf(() => {
    functions.app.timer("tick", {
      schedule: "*/5 * * * * *",
      async handler() {
        open += 1;
        most = Math.max(most, open);
        here.clock.advance(12_000);
        await here.host.step();
        open -= 1;
      },
    });
  });
  const here: Rig = await rig({ app });
  here.clock.advance(5000);
  await here.host.step();
  expect(most).toBe(1);
});

test("trap 27: what a trigger below a minute missed while the host was down is not made up for", async () => {
  const late: string[] = [];
  const app = await appOf(() => {
    for (const [name, schedule] of [
      ["often", "*/30 * * * * *"],
      ["rarely", "0 */5 * * * *"],
    ] as const) {
      const handler = ({ isPastDue }: { isPastDue: boolean }) => void (isPastDue && late.push(name));
      functions.app.timer(name, { schedule, handler });
    }
  });
  const here = await rig({ app });
  here.host.abandon();
  here.clock.advance(3_600_500);
  await here.reopen();
  await here.host.runUntilIdle();
  expect(late).toEqual(["rarely"]);
});

test("trap 28: a queue's function is refused by name, not run without its queue", async () => {
  const app = await appOf(() =>
    (functions.app as unknown as { storageQueue(name: string, options: object): void }).storageQueue("q", {
      queueName: "q",
      connection: "c",
      handler: () => {},
    }),
  );
  expect(app.refused).toEqual([
    { name: "q", reason: "Function 'q' is not run: this host doesn't know the trigger 'queueTrigger'." },
  ]);
});

test("trap 29: a retry policy of a function, whose seconds are rounded, is not followed, and that is said", async () => {
  const app = await appOf(() => {
    functions.app.timer("tick", {
      schedule: "0 * * * * *",
      retry: { strategy: "fixedDelay", delayInterval: { milliseconds: 400 }, maxRetryCount: 3 },
      handler: () => {},
    });
  });
  const { log } = await rig({ app });
  expect(log.map(({ message }) => message)).toContain(
    "Function 'tick': this host does not repeat a failed run; its retry policy is ignored.",
  );
});

test("trap 32: an event without data is 400, one with null is taken", async () => {
  const here = await oneEnded();
  const raise = (init: RequestInit) =>
    rpc(here, "instances/waits/raiseEvent/go", {
      method: "POST",
      headers: { "content-type": "application/json" },
      ...init,
    });
  expect((await raise({})).status).toBe(400);
  expect((await raise({ body: "null" })).status).toBe(202);
});
