import { disposeRigs } from "../harness";
import { type ManagementRig, managementRig } from "./management-rig";

/** Answers recorded from the real host; the test app differs, the shapes don't. */
let here: ManagementRig;
let call: ManagementRig["call"];

beforeAll(async () => {
  here = await managementRig();
  ({ call } = here);
});
afterAll(disposeRigs);

test.each([
  ["running", 202, "Running", null],
  ["done", 200, "Completed", ["Hello, Tokyo", "Hello, Seattle"]],
  ["failed", 200, "Failed", "Orchestrator function 'orchthrow0' failed: orch went wrong at once"],
  ["stopped", 200, "Terminated", "enough"],
  ["paused", 202, "Suspended", "wait"],
])("shows the status of %s with %i", async (id, status, runtimeStatus, output) => {
  const answer = await call("GET", `/instances/${id}`);
  expect(answer.status).toBe(status);
  expect(Object.keys(answer.json as object)).toEqual([
    "name",
    "instanceId",
    "runtimeStatus",
    "input",
    "customStatus",
    "output",
    "createdTime",
    "lastUpdatedTime",
  ]);
  expect(answer.json).toMatchObject({ instanceId: id, runtimeStatus, output, customStatus: null });
  expect((answer.json as { createdTime: string }).createdTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(answer.headers.get("retry-after")).toBe(status === 202 ? "5" : null);
  expect(answer.headers.get("location")?.includes("code=")).toBe(status === 202 ? true : undefined);
});

test("fails the answer for a failed instance where it is asked to", async () => {
  expect((await call("GET", "/instances/failed?returnInternalServerErrorOnFailure=true")).status).toBe(500);
});

test("leaves the input out where it is asked to", async () => {
  expect((await call("GET", "/instances/failed")).json).toMatchObject({ input: { a: 1 } });
  expect((await call("GET", "/instances/failed?showInput=false")).json).toMatchObject({ input: null });
});

test("renders the history for people", async () => {
  const { json: body } = await call("GET", "/instances/done?showHistory=true&showHistoryOutput=true");
  const events = (body as { historyEvents: Record<string, unknown>[] }).historyEvents;
  expect(events.map(({ EventType }) => EventType)).toEqual([
    "ExecutionStarted",
    "TaskCompleted",
    "TaskCompleted",
    "ExecutionCompleted",
  ]);
  expect(Object.keys(events[0] ?? {})).toEqual([
    "EventType",
    "Input",
    "Correlation",
    "ParentTraceContext",
    "ScheduledStartTime",
    "Generation",
    "GenerateNewTrace",
    "Timestamp",
    "FunctionName",
  ]);
  expect(events[1]).toEqual({
    EventType: "TaskCompleted",
    Result: "Hello, Tokyo",
    Timestamp: expect.stringMatching(/Z$/) as string,
    ScheduledTime: expect.stringMatching(/\+00:00$/) as string,
    FunctionName: "sayHello",
    Input: null,
  });
  const without = await call("GET", "/instances/done?showHistory=true&showInput=false");
  const [started, completed] = (without.json as { historyEvents: object[] }).historyEvents;
  expect(started).not.toHaveProperty("Input");
  expect(completed).not.toHaveProperty("Result");
});

test("lists by state, prefix and window, and ignores what it can't read", async () => {
  const ids = async (query: string) =>
    ((await call("GET", `/instances${query}`)).json as { instanceId: string }[]).map((one) => one.instanceId);
  expect(await ids("?runtimeStatus=Failed,Terminated")).toEqual(["failed", "stopped"]);
  expect(await ids("/?instanceIdPrefix=sto")).toEqual(["stopped"]);
  expect(await ids("?createdTimeFrom=2099-01-01T00:00:00Z")).toEqual([]);
  const all = await ids("");
  expect(all).toEqual(["done", "failed", "paused", "running", "stopped"]);
  expect(await ids("?runtimeStatus=nonsense&top=abc&createdTimeFrom=notadate")).toEqual(all);
});

test("lists page by page", async () => {
  const whole = (await call("GET", "/instances?top=1000")).json as object[];
  const found: object[] = [];
  for (let token: string | null = ""; token !== null; ) {
    const page: Awaited<ReturnType<ManagementRig["call"]>> = await call("GET", "/instances?top=2", {
      headers: token ? { "x-ms-continuation-token": token } : {},
    });
    found.push(...(page.json as object[]));
    token = page.headers.get("x-ms-continuation-token");
  }
  expect(found).toEqual(whole);
  expect(
    (await call("GET", "/instances", { headers: { "x-ms-continuation-token": "garbage" } })).json,
  ).toEqual([]);
});

test("opens to the system key and the master key only", async () => {
  const { master, host: shared } = here.host.keys();
  expect((await call("GET", "/instances/done", { key: master })).status).toBe(200);
  for (const key of ["", "wrong", shared]) {
    const { status, text, headers } = await call("GET", "/instances/done", { key });
    expect([status, text, headers.get("www-authenticate")]).toEqual([401, "", "Bearer"]);
  }
});

test("says what it does not know of connections", async () => {
  const { status, json: body } = await call("GET", "/instances/done?connection=NoSuchConn");
  expect(status).toBe(500);
  expect(body).toMatchObject({
    ExceptionMessage: "Unable to resolve the Azure Storage connection named 'NoSuchConn'.",
  });
});
