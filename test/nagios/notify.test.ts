import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { signatureVerifier } from "../../adapters/alert-signature";
import { closeEndpoints, startEndpoint, type Answer, type Endpoint } from "./endpoint";
import { makeForwarder, problem, removeForwarders, SECRET, until, type Forwarder } from "./forwarder";

let endpoint: Endpoint;
let forwarder: Forwarder;
let answer: Answer;

beforeEach(async () => {
  answer = 202;
  endpoint = await startEndpoint(() => answer);
  forwarder = await makeForwarder([endpoint.url]);
});

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

test("hands a notification over, signed, with its length", async () => {
  expect(await forwarder.notify(problem)).toEqual({ code: 0, stdout: "", stderr: "" });
  await until("the notification", () => endpoint.received.length === 1);
  const { method, path, headers, body } = endpoint.received[0] ?? fail();
  expect([method, path]).toEqual(["POST", "/api/alerts/nagios"]);
  expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
  expect(headers["content-length"]).toBe(String(body.length));
  expect(headers["transfer-encoding"]).toBeUndefined();
  const [id, timestamp, signature] = ["id", "timestamp", "signature"].map((each) =>
    String(headers[`webhook-${each}`]),
  );
  expect(signature).toMatch(/^v1,/);
  expect(signatureVerifier(SECRET)(id ?? "", timestamp ?? "", body, signature?.slice(3) ?? "")).toBe(true);
  const sent = Object.fromEntries(new URLSearchParams(body.toString()));
  expect(sent).toEqual(problem);
  await until("the empty spool", async () => (await forwarder.files("queue")).length === 0);
});

test("writes the notification down and returns while the endpoint says nothing", async () => {
  answer = "silence";
  expect(await forwarder.notify(problem)).toEqual({ code: 0, stdout: "", stderr: "" });
  const [name = ""] = await forwarder.files("queue");
  expect(name).toMatch(/^\d+-PROBLEM-nagios_[0-9a-f]{32}$/);
  expect((await stat(join(forwarder.spool, "queue", name))).mode & 0o777).toBe(0o640);
  await until("the request that hangs", () => endpoint.received.length === 1);
  expect(endpoint.received[0]?.headers["webhook-id"]).toBe(name.split("-")[2]);
});

test("delivers twenty notifications that come at once, each once", async () => {
  const runs = await Promise.all(
    Array.from({ length: 20 }, (_, n) => forwarder.notify({ ...problem, HOSTNAME: `host-${n}` })),
  );
  expect(runs.map((run) => run.code)).toEqual(Array.from({ length: 20 }, () => 0));
  await until("the empty spool", async () => (await forwarder.files("queue")).length === 0);
  const hosts = endpoint.received.map(({ body }) => new URLSearchParams(body.toString()).get("HOSTNAME"));
  expect(hosts).toHaveLength(20);
  expect(new Set(hosts)).toEqual(new Set(Array.from({ length: 20 }, (_, n) => `host-${n}`)));
  expect(new Set(endpoint.received.map(({ headers }) => headers["webhook-id"])).size).toBe(20);
});

test("sends a host's own macros for a host, and no service", async () => {
  await forwarder.notify({
    NOTIFICATIONTYPE: "RECOVERY",
    HOSTNAME: "lb-1",
    HOSTSTATE: "UP",
    LASTHOSTPROBLEMID: "12",
    HOSTOUTPUT: "PING OK",
    SERVICEDESC: "",
    SERVICEOUTPUT: "",
  });
  await until("the notification", () => endpoint.received.length === 1);
  expect(endpoint.received[0]?.body.toString()).toBe(
    "NOTIFICATIONTYPE=RECOVERY&HOSTNAME=lb-1&HOSTSTATE=UP&LASTHOSTPROBLEMID=12&HOSTOUTPUT=%50%49%4e%47%20%4f%4b",
  );
});

test("sends the custom macros of the configuration", async () => {
  const other = await makeForwarder([endpoint.url], {
    settings: ["macros=_HOSTREGION _NOSUCH", "macros_=x", "keep_hours=soon"],
  });
  await other.notify({ ...problem, _HOSTREGION: "westeurope" });
  await until("the notification", () => endpoint.received.length === 1);
  expect(new URLSearchParams(endpoint.received[0]?.body.toString()).get("_HOSTREGION")).toBe("westeurope");
  expect(await other.log()).toContain("keep_hours: no such setting, or not a value for it");
});

test("says what to set when Nagios gives no macros", async () => {
  const ran = await forwarder.notify({});
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain("enable_environment_macros=1");
  expect(await forwarder.files("queue")).toEqual([]);
});

test("sends from memory when the spool cannot be written, and complains", async () => {
  await rm(forwarder.spool, { recursive: true });
  await writeFile(forwarder.spool, "a file where the folder should be");
  const ran = await forwarder.notify(problem);
  expect(ran.code).toBe(1);
  expect(ran.stderr).toContain("cannot write");
  await until("the notification", () => endpoint.received.length === 1);
  expect(new URLSearchParams(endpoint.received[0]?.body.toString()).get("HOSTNAME")).toBe("api-main");
});

test("drops the oldest that is no PROBLEM when the spool is full, and says so", async () => {
  forwarder = await makeForwarder([], { settings: ["max_messages=3"] });
  for (const [type, host] of [
    ["PROBLEM", "a"],
    ["RECOVERY", "b"],
    ["PROBLEM", "c"],
    ["PROBLEM", "d"],
    ["PROBLEM", "e"],
  ] as const) {
    await forwarder.notify({ ...problem, NOTIFICATIONTYPE: type, HOSTNAME: host });
  }
  const left = await forwarder.files("queue");
  expect(left.map((name) => name.split("-")[1])).toEqual(["PROBLEM", "PROBLEM", "PROBLEM"]);
  const log = await forwarder.log();
  expect(log).toMatch(/spool is full \(3 messages, 16384 KiB\): dropped queue\/\d+-RECOVERY-/);
  expect(log.match(/dropped queue/g)).toHaveLength(2);
});

test("drops by size too", async () => {
  forwarder = await makeForwarder([], { settings: ["max_kib=64"] });
  for (let n = 0; n < 6; n += 1) await forwarder.notify({ ...problem, SERVICEOUTPUT: "ż".repeat(4000) });
  expect((await forwarder.files("queue")).length).toBeLessThan(4);
  expect(await forwarder.log()).toContain("the spool is full");
});

function fail(): never {
  throw new Error("nothing was received");
}
