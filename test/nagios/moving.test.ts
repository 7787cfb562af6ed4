import { execFile } from "node:child_process";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { closeEndpoints, startEndpoint, type Answer, type Endpoint } from "./endpoint";
import { folder, makeForwarder, problem, removeForwarders, until, type Forwarder } from "./forwarder";

/** What becomes of files that can't be moved or removed, and of many deliveries at once. */

let endpoint: Endpoint;
let forwarder: Forwarder;
let answer: Answer;

beforeEach(async () => {
  answer = 202;
  endpoint = await startEndpoint(() => answer);
  forwarder = await makeForwarder([]);
});

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

const connect = () => appendFile(forwarder.config, `endpoint=${endpoint.url}\n`);
const deliver = () =>
  promisify(execFile)("sh", [join(folder, "switchover-deliver"), "--config", forwarder.config, "--deliver"]);
const ids = () => endpoint.received.map(({ headers }) => headers["webhook-id"]);
const place = (name: "queue" | "rejected" | "tmp") => join(forwarder.spool, name);

/** Files as the forwarder writes them, the oldest first. */
async function putInto(where: "queue" | "rejected", names: string[]): Promise<void> {
  for (const name of ["queue", "rejected", "tmp"] as const) await mkdir(place(name), { recursive: true });
  for (const name of names) await writeFile(join(place(where), name), "HOSTNAME=x");
}

/** Root may write everywhere, but not even root can move a file into a file. */
async function spoil(name: "queue" | "rejected"): Promise<void> {
  await rm(place(name), { recursive: true });
  await writeFile(place(name), "a file where the folder should be");
}

const now = () => Math.floor(Date.now() / 1000);

test("keeps what is refused in the queue while it can't be moved, says so, and does not hammer the endpoint", async () => {
  await putInto("queue", [`${now()}-PROBLEM-nagios_a`]);
  await spoil("rejected");
  answer = 400;
  await connect();
  const delivery = deliver().catch(() => undefined);
  await until("a pause", async () => (await forwarder.log()).includes("next round in about"));
  expect(await forwarder.files("queue")).toHaveLength(1);
  expect(await forwarder.log()).toContain("cannot be moved to rejected, and stays in the queue");
  expect(await forwarder.log()).not.toContain("moved to rejected:");
  expect(endpoint.received.length).toBeLessThan(3);
  await rm(place("rejected"));
  await until("the move", async () => (await forwarder.files("rejected")).length === 1);
  await delivery;
  expect(await forwarder.files("queue")).toEqual([]);
});

test("says as a check that something can't be moved", async () => {
  await putInto("queue", [`${now()}-PROBLEM-nagios_a`]);
  await spoil("rejected");
  answer = 400;
  await connect();
  expect(await forwarder.run("--flush")).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^WARNING - 1 notifications wait.*cannot be moved to rejected/),
  });
});

test("takes a notification into the queue although refused ones could not be kept", async () => {
  await putInto("queue", []);
  await spoil("rejected");
  expect((await forwarder.notify(problem)).code).toBe(0);
  expect(await forwarder.files("queue")).toHaveLength(1);
});

test("sends again what was refused in the order in which it happened, however often that is asked", async () => {
  const refused = ["RECOVERY-nagios_c", "PROBLEM-nagios_b", "ACKNOWLEDGEMENT-nagios_a"];
  await putInto(
    "rejected",
    refused.map((name, at) => `${1_700_000_000 + at}-${name}`),
  );
  await connect();
  answer = 401;
  await forwarder.run("--requeue");
  expect(await forwarder.files("rejected")).toHaveLength(3);
  answer = 202;
  await forwarder.run("--requeue");
  expect(ids()).toEqual([0, 1].flatMap(() => ["nagios_c", "nagios_b", "nagios_a"]));
  expect(await forwarder.files("rejected")).toEqual([]);
});

test("says that what was refused can't be put back, and keeps it", async () => {
  await putInto("rejected", ["1700000000-PROBLEM-nagios_a"]);
  await spoil("queue");
  await connect();
  expect(await forwarder.run("--requeue")).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^WARNING - cannot put .*nagios_a back into/),
  });
  expect(await forwarder.files("rejected")).toHaveLength(1);
});

test("sends each once and in order, however many deliveries run at once", async () => {
  const waiting = Array.from({ length: 8 }, (_, n) => `${now() - 100 + n}-PROBLEM-nagios_${n}`);
  await putInto("queue", waiting);
  await connect();
  await Promise.all(
    Array.from({ length: 6 }, (_, n) => (n % 2 === 0 ? deliver() : forwarder.run("--flush"))),
  );
  await until("the empty queue", async () => (await forwarder.files("queue")).length === 0);
  expect(ids()).toEqual(waiting.map((name) => name.replace(/^.*-/, "")));
});

test("puts aside a file whose name could say something else to curl", async () => {
  const odd = `${now()}-PROBLEM-x"\nurl = "http:`;
  await putInto("queue", [odd]);
  await connect();
  await forwarder.run("--flush");
  expect(endpoint.received).toEqual([]);
  expect(await forwarder.files("rejected")).toEqual([odd]);
  expect(await readFile(join(place("rejected"), odd), "utf8")).toContain("HOSTNAME=");
});
