import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseNagiosAlert, type Alert } from "../../shared/alert";
import { parseForm } from "../../shared/alert/form";
import { isProblem } from "../../shared/alert/problem";
import { closeEndpoints, startEndpoint, type Endpoint } from "./endpoint";
import { folder, makeForwarder, removeForwarders, until, type Forwarder } from "./forwarder";

const script = join(folder, "send-sample");
const samples = readdirSync(join(folder, "samples")).map((name) => name.replace(/\.env$/, ""));

let endpoint: Endpoint;
let forwarder: Forwarder;

beforeEach(async () => {
  endpoint = await startEndpoint(() => 202);
  forwarder = await makeForwarder([endpoint.url]);
});

afterEach(async () => {
  await removeForwarders();
  await closeEndpoints();
});

async function sent(sample: string): Promise<Alert> {
  execFileSync(script, ["--config", forwarder.config, sample]);
  await until("the sample", () => endpoint.received.length === 1);
  const parsed = parseForm(endpoint.received[0]?.body.toString() ?? "");
  if (isProblem(parsed)) throw new Error(parsed.says);
  const alert = parseNagiosAlert("id", parsed.fields);
  if (isProblem(alert)) throw new Error(alert.says);
  return alert;
}

test.each(samples)("sends %s as an alert of this moment", async (sample) => {
  const before = Math.floor(Date.now() / 1000) * 1000;
  const alert = await sent(sample);
  for (const instant of [alert.at, alert.since])
    expect(Math.abs(Date.parse(instant ?? "") - before)).toBeLessThan(60_000);
  expect(["api-main", "lb-1", "shop.example.com"]).toContain(alert.host);
  expect(alert.problemId).toMatch(/^\d$/);
  expect(alert.output).not.toBe("");
});

test("sends what a sample says, and nothing else that is in it", async () => {
  const sample = join(forwarder.config, "..", "own.env");
  writeFileSync(
    sample,
    '# a comment\nPATH=/nowhere\nNAGIOS_HOSTNAME=lb-1\nNAGIOS_HOSTSTATE=DOWN\nNAGIOS_HOSTOUTPUT=$(id) `id` "x=y\n',
  );
  expect(await sent(sample)).toMatchObject({
    type: "EVENT",
    host: "lb-1",
    state: "DOWN",
    output: '$(id) `id` "x=y',
  });
});

test("lists the samples when there is none of that name", () => {
  const { status, stderr } = spawnSync(script, ["no-such"], { encoding: "utf8" });
  expect(status).toBe(3);
  for (const sample of samples) expect(stderr).toContain(sample);
});
