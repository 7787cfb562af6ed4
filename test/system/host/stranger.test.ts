import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { disposeProcesses, launch, newState, startProcess, until } from "./host-process";

afterEach(disposeProcesses);

const main = join(__dirname, "../../../dist/host/main.js");
const apps = join(__dirname, "../../host/apps");

const json = (body: unknown) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

type Links = { statusQueryGetUri: string; sendEventPostUri: string };
type Status = { runtimeStatus: string; customStatus: unknown; output: unknown };

const statusOf = async (links: Links): Promise<Status> =>
  (await (await fetch(links.statusQueryGetUri)).json()) as Status;

async function order(url: string, items: string[]): Promise<Links> {
  const response = await fetch(`${url}/shop/orders`, json({ customer: "Ada", items }));
  expect(response.status).toBe(202);
  return (await response.json()) as Links;
}

test("runs a stranger's app: HTTP, retries, a fan-out, an approval, a child, a timer", async () => {
  const host = await startProcess(newState(), { app: "stranger" });
  expect(await (await fetch(`${host.url}/shop/hello`)).text()).toBe("Hello, world!");
  expect(await (await fetch(`${host.url}/shop/hello/Ada`)).text()).toBe("Hello, Ada!");
  const cheap = await order(host.url, ["pen", "ink"]);
  expect(cheap.statusQueryGetUri).toContain("taskHub=OrderDesk");
  await until("the order to be shipped", async () => (await statusOf(cheap)).runtimeStatus === "Completed");
  expect(await statusOf(cheap)).toMatchObject({
    customStatus: "shipping",
    output: { state: "shipped", total: 60, parcel: "Good day, Ada" },
  });
  const dear = await order(host.url, ["typewriter", "desk"]);
  await until(
    "the order to wait",
    async () => (await statusOf(dear)).customStatus === "waiting for approval",
  );
  const approve = dear.sendEventPostUri.replace("{eventName}", "Approval");
  expect((await fetch(approve, json({ approved: false }))).status).toBe(202);
  await until("the refusal", async () => (await statusOf(dear)).runtimeStatus === "Completed");
  expect(await statusOf(dear)).toMatchObject({ output: { state: "rejected", total: 140 } });
});

test("names each function that it does not run, and runs the others", async () => {
  const host = await startProcess(newState(), { app: "stranger" });
  for (const [name, reason] of [
    ["fromQueue", "this host doesn't know the trigger 'queueTrigger'"],
    ["withBlob", "this host doesn't know the binding 'blob'"],
    ["toQueue", "this host doesn't know the binding 'queue'"],
    ["counter", "this host has no durable entities"],
  ]) {
    expect(host.output()).toContain(`Function '${name}' is not run: ${reason}.`);
  }
  expect(host.output()).toMatch(/nightly +timer +0 0 3 \* \* \*/);
});

test("shows each line of an orchestrator's log once, with the function's name", async () => {
  const host = await startProcess(newState(), { app: "stranger" });
  const links = await order(host.url, ["pen"]);
  await until("the order to be shipped", async () => (await statusOf(links)).runtimeStatus === "Completed");
  const lines = host.output().split("\n");
  expect(lines.filter((line) => line.includes("Order of Ada is on its way."))).toEqual([
    expect.stringMatching(/ processOrder: Order of Ada/),
  ]);
});

test("runs a stranger's app of ES modules, top-level await included", async () => {
  const host = await startProcess(newState(), { app: "stranger-esm" });
  const response = await fetch(`${host.url}/api/greet/Grace`);
  expect([response.status, await response.json()]).toEqual([200, ["Hello, Grace", "Bonjour, Grace"]]);
});

test("runs the app of a folder given, from anywhere", async () => {
  const host = await startProcess(newState(), { cwd: "/", args: [join(apps, "stranger-esm")] });
  expect((await fetch(`${host.url}/api/greet/Grace`)).status).toBe(200);
});

test("asks programs of this machine for no key, but pages in a browser and those told to be guarded", async () => {
  const path = "/runtime/webhooks/durabletask/instances";
  const open = await startProcess(newState(), { app: "stranger" });
  expect((await fetch(`${open.url}${path}`)).status).toBe(200);
  expect((await fetch(`${open.url}${path}?code=wrong`)).status).toBe(401);
  for (const headers of [
    { origin: "http://evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "x-forwarded-for": "10.0.0.1" },
  ]) {
    expect((await fetch(`${open.url}${path}`, { headers })).status).toBe(401);
  }
  const guarded = await startProcess(newState(), { app: "stranger", args: ["--guarded"] });
  expect((await fetch(`${guarded.url}${path}`)).status).toBe(401);
});

test("holds the stored histories against the code at hand: 0 for the same, 1 for other code", async () => {
  const state = newState();
  const host = await startProcess(state, { app: "stranger" });
  const links = await order(host.url, ["pen"]);
  await until("the order to be shipped", async () => (await statusOf(links)).runtimeStatus === "Completed");
  expect(await host.kill("SIGTERM")).toBe(0);
  const replay = (app: string) =>
    spawnSync(process.execPath, [main, "replay", "--state", state, "--app", join(apps, app)], {
      encoding: "utf8",
    });
  const same = replay("stranger");
  expect([same.status, same.stdout]).toEqual([0, "2 histories checked, 0 differ from the code.\n"]);
  const other = replay("stranger-esm");
  expect(other.status).toBe(1);
  expect(other.stdout).toContain("('processOrder'): The function 'processOrder' doesn't exist");
  const nothing = spawnSync(process.execPath, [main, "replay", "--state", newState()], {
    cwd: join(apps, "stranger"),
    encoding: "utf8",
  });
  expect([nothing.status, nothing.stderr]).toEqual([
    1,
    expect.stringMatching(/^There is no state file .*\n$/),
  ]);
});

test("is hostile on demand, and says each thing that it does", async () => {
  const host = await startProcess(newState(), { app: "stranger", args: ["--hostile", "3"] });
  for (let at = 0; at < 20 && !host.output().includes("hostile 3/1:"); at += 1) {
    await order(host.url, ["pen", "ink", "cap"]);
  }
  await until("something to go wrong", () => host.output().includes("hostile 3/1:"));
});

test("refuses two folders", async () => {
  const { ended, output } = launch(newState(), { app: "stranger", args: ["a", "b"] });
  expect(await ended).toBe(1);
  expect(output()).toContain("'b' is one argument too many");
});
