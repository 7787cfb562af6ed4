import { execFileSync, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../../sandbox/body";
import { signsNow, wellSigns } from "../../sandbox/signs";
import { until } from "../../support/until";
import { realSandbox, type RealSandbox } from "./real-sandbox";

let sandbox: RealSandbox;
beforeEach(async () => {
  sandbox = await realSandbox();
});
afterEach(() => sandbox.cleanUp());

type Described = { parts: { name: string; kind: string; pid: number | null }[]; haproxyIsReal: boolean };

async function described(): Promise<Described> {
  return (await (await fetch(`${sandbox.url}/company`)).json()) as Described;
}

async function pids(): Promise<number[]> {
  const own = sandbox.pid();
  return (await described()).parts.flatMap((one) => (one.pid === null || one.pid === own ? [] : [one.pid]));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function untilDead(all: number[]): Promise<void> {
  const story = () => `Alive: ${all.filter(isAlive).join(", ")}`;
  await until("all are dead", () => !all.some(isAlive), { within: 10_000, every: 50, story });
}

test("ends its children with it, and ends well on SIGTERM and SIGINT, parts that stand still included", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    await sandbox.start();
    await sandbox.body.break("api-server-down", "hung");
    await sandbox.body.cut("lb-1");
    const children = await pids();
    expect(children.length).toBeGreaterThanOrEqual(4);
    expect(await sandbox.end(signal)).toBe(0);
    await untilDead(children);
  }
});

test("killed, it leaves nothing that the next start does not end, and the next start goes on where it was", async () => {
  await sandbox.start();
  const { body } = sandbox;
  const standby = body.estate.balancers[1]?.runtimeApi ?? "";
  await body.runtimeApi(standby, "set server api/api-main state drain");
  await eventually(body, async () => (await body.effects()).length, 1);
  await fetch(body.estate.people[0]?.webhook ?? "", {
    method: "POST",
    body: JSON.stringify({ text: "hello" }),
  });
  await body.break("balancer-host-down", "dropped");
  await body.break("api-server-down", "hung");
  await body.break("dns-wrong-records");
  const before = {
    effects: await body.effects(),
    phones: (await body.phones()).map((one) => one.messages),
    records: (await body.truth()).records,
  };
  const old = await pids();
  expect(await sandbox.end("SIGKILL")).toBe("SIGKILL");

  await sandbox.start();
  await untilDead(old);
  expect(await body.effects()).toEqual(before.effects);
  expect((await body.phones()).map((one) => one.messages)).toEqual(before.phones);
  expect((await body.truth()).records).toEqual(before.records);
  await expect(body.runtimeApi(body.estate.balancers[0]?.runtimeApi ?? "", "show stat")).rejects.toThrow(
    "timed out",
  );
  for (const fault of ["balancer-host-down", "api-server-down", "dns-wrong-records"]) await body.heal(fault);
  await eventually(body, () => signsNow(body), { ...wellSigns(body), "lb-2 says api-main": "DRAIN" });
  expect((await body.effects()).filter((one) => one.kind === "server-state")).toEqual(
    before.effects.filter((one) => one.kind === "server-state"),
  );
});

test("a process that somebody kills stays dead until its fault is healed or the company is reset", async () => {
  await sandbox.start();
  const { body } = sandbox;
  const pidOf = async (name: string) =>
    (await described()).parts.find((one) => one.name === name)?.pid ?? null;
  process.kill((await pidOf("api-main")) ?? 0, "SIGKILL");
  await eventually(body, () => pidOf("api-main"), null);
  await body.break("edge-down");
  await body.heal("edge-down");
  expect(await pidOf("api-main")).toBeNull();
  expect(sandbox.printed()).toContain("api-main ended by itself (SIGKILL)");
  await body.reset();
  await eventually(body, () => signsNow(body), wellSigns(body));
});

test("ends by itself when the process that forked it closes the channel", async () => {
  await sandbox.start();
  await sandbox.end("SIGTERM");
  const args = ["--config", sandbox.config, "--state", sandbox.stateDir, "--port", new URL(sandbox.url).port];
  const child = fork(join(__dirname, "../../../dist/sandbox/main.js"), args, { execArgv: [], silent: true });
  const [message] = await new Promise<unknown[]>((resolve) =>
    child.once("message", (...all) => resolve(all)),
  );
  expect(message).toEqual({ ready: true, port: Number(args[5]) });
  const ended = new Promise<unknown>((resolve) => child.once("exit", resolve));
  child.disconnect();
  expect(await ended).toBe(0);
});

test("says one sentence and ends with 1 when its port or its folder is taken", async () => {
  await sandbox.start();
  const run = (...args: string[]) => {
    try {
      execFileSync(
        process.execPath,
        [join(__dirname, "../../../dist/sandbox/main.js"), "--config", sandbox.config, ...args],
        { stdio: "pipe" },
      );
      return [0, ""];
    } catch (thrown) {
      const { status, stderr } = thrown as { status: number; stderr: Buffer };
      return [status, stderr.toString()];
    }
  };
  const port = new URL(sandbox.url).port;
  const elsewhere = run("--state", `${sandbox.stateDir}-2`, "--port", port);
  expect(elsewhere).toEqual([
    1,
    expect.stringMatching(/^sandbox: the sandbox's control API can't listen \(EADDRINUSE\).*\n$/),
  ]);
  const sameFolder = run("--state", sandbox.stateDir, "--port", "0");
  expect(sameFolder).toEqual([
    1,
    expect.stringMatching(/^sandbox: another sandbox lives in this folder.*\n$/),
  ]);
  expect(run("--state", sandbox.stateDir, "--port", "many")).toEqual([
    1,
    expect.stringContaining('--port is "many"'),
  ]);
  await eventually(sandbox.body, () => signsNow(sandbox.body), wellSigns(sandbox.body));
});
