import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signatureVerifier } from "../../adapters/alert-signature";
import { closeEndpoints, startEndpoint, type Answer, type Endpoint, type Received } from "./endpoint";
import { kill, makeForwarder, problem, removeForwarders, SECRET, until, type Forwarder } from "./forwarder";

let endpoint: Endpoint;
let forwarder: Forwarder;
let answer: (request: Received) => Answer;

beforeEach(async () => {
  answer = () => 202;
  endpoint = await startEndpoint((request) => answer(request));
  forwarder = await makeForwarder([endpoint.url], { settings: ["timeout=5"] });
});

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

const ids = (received: Received[]) => received.map(({ headers }) => headers["webhook-id"]);
const queue = () => forwarder.files("queue");
const emptied = () => until("the empty spool", async () => (await queue()).length === 0);

test("tries again by itself after 408, 429, 500 and 503, with the same id and a signature that holds", async () => {
  const tries = [408, 429, 500, 503].map(async (status) => {
    const unwell: Endpoint = await startEndpoint(() => (unwell.received.length < 2 ? status : 202));
    const sender = await makeForwarder([unwell.url]);
    await sender.notify(problem);
    await until(`an empty spool after ${status}`, async () => (await sender.files("queue")).length === 0);
    return unwell.received;
  });
  for (const received of await Promise.all(tries)) {
    expect(received).toHaveLength(2);
    expect(new Set(ids(received)).size).toBe(1);
    expect(received.map(isSigned)).toEqual([true, true]);
  }
});

function isSigned({ headers, body }: Received): boolean {
  const [id = "", timestamp = "", signature = ""] = ["id", "timestamp", "signature"].map((each) =>
    String(headers[`webhook-${each}`]),
  );
  return signatureVerifier(SECRET)(id, timestamp, body, signature.slice("v1,".length));
}

test("signs with the time of the try, not of the notification", async () => {
  const old = await makeForwarder([]);
  await old.notify(problem);
  const [name = ""] = await old.files("queue");
  const age = String(Math.floor(Date.now() / 1000) - 3600);
  await rename(join(old.spool, "queue", name), join(old.spool, "queue", name.replace(/^\d+/, age)));
  await writeFile(
    old.config,
    (await readFile(old.config, "utf8")).replace("\n", `\nendpoint=${endpoint.url}\n`),
  );
  await until("the delivery", async () => (await old.run("--flush")).stdout.startsWith("OK"));
  expect(Number(endpoint.received[0]?.headers["webhook-timestamp"])).toBeGreaterThan(Number(age) + 3000);
});

test("waits for an endpoint that is not there yet", async () => {
  const { url } = endpoint;
  await endpoint.close();
  await forwarder.notify(problem);
  await until("a failed try", async () => (await forwarder.log()).includes("not delivered"));
  expect(await queue()).toHaveLength(1);
  endpoint = await startEndpoint(() => 202, Number(new URL(url).port));
  await emptied();
  expect(endpoint.received).toHaveLength(1);
});

test("asks the endpoints in their order, and the next one when one is silent", async () => {
  const second = await startEndpoint(() => 202);
  const both = await makeForwarder([endpoint.url, second.url], { settings: ["timeout=1"] });
  await both.notify(problem);
  await until("the first endpoint", () => endpoint.received.length === 1);
  answer = () => "silence";
  await both.notify({ ...problem, HOSTNAME: "second" });
  await until("the second endpoint", () => second.received.length === 1);
  expect(second.received[0]?.body.toString()).toContain("HOSTNAME=second");
  expect(ids(endpoint.received)[1]).toBe(ids(second.received)[0]);
});

test("puts aside what is refused, with the answer in the log, and sends the rest", async () => {
  answer = ({ body }) =>
    body.includes("HOSTNAME=bad") ? { status: 400, body: '{"error":{"says":"no such state"}}' } : 202;
  await forwarder.notify({ ...problem, HOSTNAME: "bad" });
  await forwarder.notify({ ...problem, HOSTNAME: "good" });
  await emptied();
  expect(await forwarder.files("rejected")).toHaveLength(1);
  expect(await forwarder.log()).toMatch(/moved to rejected: http:\S+: 400 .*no such state/);
});

test("refuses nothing while an endpoint is left that might take it", async () => {
  const second = await startEndpoint(() => 503);
  const both = await makeForwarder([endpoint.url, second.url]);
  answer = () => 404;
  await both.notify(problem);
  await until("both endpoints", () => second.received.length > 0 && endpoint.received.length > 0);
  expect(await both.files("queue")).toHaveLength(1);
  expect(await both.files("rejected")).toEqual([]);
});

test("sends again on demand what was refused", async () => {
  answer = () => 401;
  await forwarder.notify(problem);
  await until("the refusal", async () => (await forwarder.files("rejected")).length === 1);
  answer = () => 202;
  await until("the lock", async () => (await forwarder.deliverer()) === undefined);
  expect((await forwarder.run("--requeue")).stdout).toContain("1 sent");
  expect(new Set(ids(endpoint.received)).size).toBe(1);
});

test("gives up after the hours of the configuration, and puts aside what is damaged", async () => {
  const idle = await makeForwarder([]);
  await idle.notify(problem);
  await idle.notify(problem);
  const [old = "", cut = ""] = await idle.files("queue");
  await rename(join(idle.spool, "queue", old), join(idle.spool, "queue", old.replace(/^\d+/, "1700000000")));
  await writeFile(join(idle.spool, "queue", cut), "");
  await writeFile(join(idle.spool, "queue", "stray file"), "HOSTNAME=x");
  await until("an empty queue", async () => {
    await idle.run("--flush");
    return (await idle.files("queue")).length === 0;
  });
  expect(await idle.files("rejected")).toHaveLength(3);
  expect(await idle.log()).toContain("nobody took it for 24 hours; last: ");
  expect((await idle.log()).match(/the file is damaged/g)).toHaveLength(2);
});

test("loses nothing when the delivery is killed, and is not locked out by the dead", async () => {
  answer = () => "silence";
  await forwarder.notify(problem);
  await until("the request that hangs", () => endpoint.received.length === 1);
  kill(await forwarder.deliverer());
  await until("its death", async () => (await forwarder.deliverer()) === undefined);
  expect(await queue()).toHaveLength(1);
  answer = () => 202;
  const ran = await forwarder.run("--flush");
  expect(ran).toEqual({ code: 0, stdout: "OK - no notification waits, 1 sent\n", stderr: "" });
  const [first, second] = ids(endpoint.received);
  expect(second).toBe(first);
});

test("a flush beside a delivery under way says so and sends nothing twice", async () => {
  answer = () => "silence";
  await forwarder.notify(problem);
  await until("the request that hangs", () => endpoint.received.length === 1);
  const ran = await forwarder.run("--flush");
  expect(ran.code).toBe(1);
  expect(ran.stdout).toMatch(
    /^WARNING - 1 notifications wait, the oldest for \d+ s: a delivery is under way\n$/,
  );
  expect(endpoint.received).toHaveLength(1);
});

test("--test goes the whole way and shows the answer", async () => {
  expect((await forwarder.run("--test")).stdout).toContain("OK - no notification waits, 1 sent");
  answer = () => ({ status: 401, body: "the request is not signed by anybody we know" });
  const refused = await forwarder.run("--test");
  expect(refused.code).toBe(1);
  expect(refused.stdout).toMatch(/^WARNING - refused, .*401 the request is not signed/);
});

test("says that it cannot see or write the spool, instead of that all is well", async () => {
  await rm(forwarder.spool, { recursive: true });
  expect(await forwarder.run("--flush")).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/^UNKNOWN - cannot look into/),
  });
  await writeFile(forwarder.spool, "a file where the folder should be");
  expect(await forwarder.run("--test")).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^cannot write to/),
  });
});

test("leaves nothing behind in its temporary folder", async () => {
  await forwarder.notify(problem);
  await emptied();
  expect(await readdir(join(forwarder.spool, "tmp"))).toEqual([]);
});

test("delivers everything in the end, however often its processes are killed", async () => {
  answer = () => (endpoint.received.length % 3 === 0 ? 202 : "silence");
  const hosts = Array.from({ length: 12 }, (_, n) => `host-${n}`);
  for (const HOSTNAME of hosts) {
    await forwarder.notify({ ...problem, HOSTNAME });
    await forwarder.killAll();
  }
  expect((await queue()).length).toBeGreaterThan(0);
  answer = () => 202;
  await until("an empty queue", async () => (await forwarder.run("--flush")).code === 0);
  const arrived = endpoint.received.map(({ body }) => new URLSearchParams(body.toString()).get("HOSTNAME"));
  expect(new Set(arrived)).toEqual(new Set(hosts));
});
