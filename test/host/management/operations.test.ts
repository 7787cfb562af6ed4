import { disposeRigs } from "../harness";
import { type ManagementRig, managementRig, root } from "./management-rig";

/** Answers recorded from the real host; the test app differs, the shapes don't. */
let here: ManagementRig;
let call: ManagementRig["call"];

beforeAll(async () => {
  here = await managementRig();
  ({ call } = here);
});
afterAll(disposeRigs);

const json = "application/json";

test("starts with 202, where to look, and the links of the instance", async () => {
  const { status, headers, json: body } = await call("POST", "/orchestrators/hello/started");
  const code = here.host.keys().system;
  expect([status, headers.get("retry-after"), headers.get("content-type")]).toEqual([
    202,
    "10",
    "application/json; charset=utf-8",
  ]);
  expect(Object.keys(body as object)).toEqual([
    "id",
    "statusQueryGetUri",
    "sendEventPostUri",
    "terminatePostUri",
    "purgeHistoryDeleteUri",
    "restartPostUri",
    "suspendPostUri",
    "resumePostUri",
  ]);
  const at = `http://localhost${root}/instances/started`;
  expect(body).toMatchObject({
    id: "started",
    statusQueryGetUri: `${at}?taskHub=RealHub&connection=Storage&code=${code}`,
    terminatePostUri: `${at}/terminate?reason={text}&taskHub=RealHub&connection=Storage&code=${code}`,
  });
  expect(headers.get("location")).toBe((body as { statusQueryGetUri: string }).statusQueryGetUri);
});

test("makes an id of 32 hexadecimal digits", async () => {
  const { json: body } = await call("POST", "/orchestrators/hello");
  expect((body as { id: string }).id).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  ["@x", "%40x", "@x"],
  ["a%23b", "a%23b", "a#b"],
  ["a%20b%C3%A9", "a+b%C3%A9", "a bé"],
])("takes the id %s", async (path, inLinks, id) => {
  const { status, json: body } = await call("POST", `/orchestrators/hello/${path}`);
  expect(status).toBe(202);
  expect(body).toMatchObject({ id, statusQueryGetUri: expect.stringContaining(`/${inLinks}?`) as string });
  expect(here.host.status(id)?.runtimeStatus).toBe("Pending");
});

test.each([
  [undefined, null],
  ['{"a":[1,2.5,"x"],"b":null}', { a: [1, 2.5, "x"], b: null }],
  ['"just a string"', "just a string"],
  ["null", null],
  ["0", 0],
])("takes the body %s as the input", async (body, input) => {
  const { json: started } = await call("POST", "/orchestrators/hello", body === undefined ? {} : { body });
  expect(here.host.status((started as { id: string }).id)?.input).toEqual(input);
});

test("answers 500 to a body that is not JSON, and starts nothing", async () => {
  const { status, json: body } = await call("POST", "/orchestrators/hello/bad", { body: '{"a":' });
  expect(status).toBe(500);
  expect(body).toMatchObject({
    Message: "Something went wrong while processing your request",
    ExceptionType: "Newtonsoft.Json.JsonSerializationException",
  });
  expect(here.host.status("bad")).toBeUndefined();
});

test("answers 409 to the start of an id that runs", async () => {
  const { status, text } = await call("POST", "/orchestrators/hello/running");
  expect([status, text]).toEqual([
    409,
    '{"Message":"An Orchestration instance with the status Running already exists."}',
  ]);
});

test.each([
  ["GET", "/instances/missing"],
  ["DELETE", "/instances/missing"],
  ["POST", "/instances/missing/terminate"],
  ["POST", "/instances/missing/raiseEvent/go"],
  ["POST", "/instances/running/nosuch"],
  ["GET", "/instances/running/terminate"],
  ["PUT", "/instances/running"],
  ["HEAD", "/instances/running"],
  ["GET", "/nosuch"],
  ["GET", "/orchestrators/hello"],
  ["GET", "/instances/done?taskHub=OtherHub"],
  ["GET", "/instances/DONE"],
])("answers 404 without a body: %s %s", async (method, path) => {
  const { status, text } = await call(method, path);
  expect([status, text]).toEqual([404, ""]);
});

test.each(["raiseEvent/go", "terminate", "suspend", "resume"])(
  "answers 410 to %s after the end",
  async (operation) => {
    for (const id of ["done", "failed", "stopped"]) {
      const { status, text } = await call("POST", `/instances/${id}/${operation}`, { body: "1", type: json });
      expect([status, text]).toEqual([410, ""]);
    }
  },
);

test.each([
  ["1", null, 400, "Only application/json request content is supported"],
  ["1", "text/plain", 400, "Only application/json request content is supported"],
  ["", json, 400, "Invalid JSON content"],
  ["{", json, 400, "Invalid JSON content"],
])("refuses the event %j of type %s", async (body, type, status, message) => {
  const answer = await call("POST", "/instances/running/raiseEvent/x", { body, type });
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({ Message: message });
});

test.each([
  ["null", json],
  ["1", "APPLICATION/JSON; charset=utf-8"],
])("takes the event %s of type %s", async (body, type) => {
  const { status, text } = await call("POST", "/instances/running/RAISEEVENT/x", { body, type });
  expect([status, text]).toEqual([202, ""]);
});

test("takes an event for a suspended instance", async () => {
  expect((await call("POST", "/instances/paused/raiseEvent/x", { body: "1", type: json })).status).toBe(202);
});

test("names the state in which an operation makes no sense", async () => {
  const { status, json: body } = await call("POST", "/instances/running/resume?reason=r");
  expect(status).toBe(500);
  expect(body).toMatchObject({
    ExceptionMessage:
      "Cannot resume the orchestration instance running because instance is in the Running state.",
    ExceptionType: "System.InvalidOperationException",
  });
});

test("purges one that has ended, and refuses one that runs", async () => {
  const refused = await call("DELETE", "/instances/running");
  expect([refused.status, refused.json]).toEqual([
    412,
    "Only orchestrations in a terminal state can be purged, but the orchestration with instance ID running has status Running",
  ]);
  await call("POST", "/orchestrators/hello/purged");
  await here.host.runUntilIdle();
  const purged = await call("DELETE", "/instances/purged");
  expect([purged.status, purged.text]).toEqual([200, '{"instancesDeleted":1}']);
});

test("purges by filter only with a beginning", async () => {
  const { status, json: body } = await call("DELETE", "/instances?runtimeStatus=Failed");
  expect([status, body]).toEqual([400, "Please provide value for 'createdTimeFrom' parameter."]);
});

test("hands the durable client what it needs, links through the caller's address", async () => {
  const links = (await here.client("links", "abc")) as { ok: Record<string, string> };
  expect(Object.keys(links.ok)).toContain("rewindPostUri");
  const response = await here.host.fetch(
    new Request("http://company.example:8080/api/start/hello/linked", { method: "POST" }),
  );
  expect(response.headers.get("location")).toMatch(
    /^http:\/\/company\.example:8080\/runtime\/webhooks\/durabletask/,
  );
  expect(await here.client("status", "missing")).toMatchObject({
    threw: "Error",
    message: expect.stringContaining("replied with HTTP 404") as string,
  });
  expect(await here.client("raiseNothing", "running", { name: "x" })).toMatchObject({
    message: expect.stringContaining("400") as string,
  });
});
