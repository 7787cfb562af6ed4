import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { closeEndpoints, startEndpoint, type Answer, type Endpoint } from "./endpoint";
import { makeForwarder, problem, removeForwarders, until, type Forwarder } from "./forwarder";

let endpoint: Endpoint;
let forwarder: Forwarder;
let health: Answer;

beforeEach(async () => {
  health = 200;
  endpoint = await startEndpoint(({ path }) => (path === "/api/health" ? health : 503));
  forwarder = await makeForwarder([endpoint.url]);
});

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

test("is OK in one line with performance data", async () => {
  const { code, stdout } = await forwarder.check();
  expect(code).toBe(0);
  expect(stdout).toBe(
    "SWITCHOVER OK - 1 of 1 endpoints answer, 0 notifications wait | answering=1;;;0 waiting=0;;;0 oldest=0s;300;;0 refused=0;;;0\n",
  );
  expect(endpoint.received.map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /api/health"]);
});

const unwell: [string, Answer][] = [
  ["says it is not well", { status: 503, body: 'no ledger | since\n"12:00"' }],
  ["redirects", 302],
  ["is silent", "silence"],
];

test.each(unwell)("is CRITICAL, in one line, when Switchover %s", async (_, answer) => {
  health = answer;
  const { code, stdout } = await forwarder.check("-t", "1");
  expect(code).toBe(2);
  expect(stdout).toMatch(
    /^SWITCHOVER CRITICAL - no answer that is well: http:\/\/127[^|\n]*\| answering=0;;;0 [^|\n]*\n$/,
  );
  if (typeof answer === "object") expect(stdout).toContain("no ledger   since");
});

test("is CRITICAL when nobody listens", async () => {
  await endpoint.close();
  expect(await forwarder.check()).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/Failed to connect/),
  });
});

test("is WARNING when one of two endpoints is down", async () => {
  const { code, stdout } = await forwarder.check(endpoint.url, "http://127.0.0.1:1");
  expect(code).toBe(1);
  expect(stdout).toContain("1 of 2 endpoints answer: http://127.0.0.1:1: 000");
});

test("is WARNING when a notification waits for too long", async () => {
  await forwarder.notify(problem);
  await until("a failed try", async () => (await forwarder.log()).includes("not delivered"));
  expect((await forwarder.check()).code).toBe(0);
  const [name = ""] = await forwarder.files("queue");
  const minutes = Math.floor(Date.now() / 1000) - 400;
  await rename(
    join(forwarder.spool, "queue", name),
    join(forwarder.spool, "queue", name.replace(/^\d+/, String(minutes))),
  );
  const { code, stdout } = await forwarder.check();
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^SWITCHOVER WARNING - 1 notifications wait, the oldest for 40\d s; see .*\| .*waiting=1;;;0 oldest=40\ds;300/,
  );
  expect((await forwarder.check("-a", "900")).code).toBe(0);
});

test("is WARNING when a notification was refused", async () => {
  await mkdir(join(forwarder.spool, "rejected"), { recursive: true });
  await writeFile(join(forwarder.spool, "rejected", "1-PROBLEM-x"), "");
  const { code, stdout } = await forwarder.check();
  expect(code).toBe(1);
  expect(stdout).toContain("1 notifications were refused");
});

test("is WARNING when the spool cannot be seen", async () => {
  await rm(forwarder.spool, { recursive: true });
  expect(await forwarder.check()).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/cannot look into/),
  });
});

test("is UNKNOWN when it was not told whom to ask, or not understood", async () => {
  await writeFile(forwarder.config, (await readFile(forwarder.config, "utf8")).replace(/^endpoint.*$/m, ""));
  expect(await forwarder.check()).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/names no endpoint/),
  });
  expect(await forwarder.check("-t", "soon")).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/whole seconds/),
  });
  expect((await forwarder.check("-x")).stdout).toContain("usage");
  await rm(forwarder.config);
  expect((await forwarder.check()).code).toBe(3);
});
