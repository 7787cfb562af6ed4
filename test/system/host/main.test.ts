import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { disposeProcesses, launch, newState, notes, startProcess, until } from "./host-process";

afterEach(disposeProcesses);

const key = (links: unknown) => new URL((links as { statusQueryGetUri: string }).statusQueryGetUri);

test("prints its functions, and takes settings from the app's files without overriding", async () => {
  const host = await startProcess(newState());
  expect(host.output()).toMatch(/ {2}start +POST +http:\/\/127\.0\.0\.1:\d+\/api\/start\/\{name\}\/\{id\}\n/);
  expect(host.output()).toMatch(/ {2}rare +timer +0 0 0 1 1 \*\n/);
  expect(await (await fetch(`${host.url}/api/settings`)).json()).toEqual({
    fromFile: "yes",
    pathKept: true,
    runtime: "node",
    hostname: `localhost:${new URL(host.url).port}`,
  });
});

test("lets an activity end on SIGTERM, and keeps its result", async () => {
  const state = newState();
  const host = await startProcess(state);
  await fetch(`${host.url}/api/start/once/slow`, { method: "POST", body: '{"milliseconds":700}' });
  await until("the activity to begin", () => notes(state).length > 0);
  expect(await host.kill("SIGTERM")).toBe(0);
  expect(notes(state)).toEqual(["begin slow 1", "end slow 1", "terminated"]);
  const again = await startProcess(state);
  const started = await fetch(`${again.url}/api/start/once/other`, {
    method: "POST",
    body: '{"milliseconds":1}',
  });
  const status = key(await started.json());
  status.pathname = status.pathname.replace(/other$/, "slow");
  await until("the instance to end", async () => (await fetch(status)).status === 200);
  expect(notes(state).filter((line) => line === "begin slow 1")).toHaveLength(1);
});

test("stops at once on a second signal", async () => {
  const state = newState();
  const host = await startProcess(state);
  await fetch(`${host.url}/api/start/once/slow`, { method: "POST", body: '{"milliseconds":60000}' });
  await until("the activity to begin", () => notes(state).length > 0);
  const ended = host.kill("SIGTERM");
  await until("the first signal to be taken", () => host.output().includes("SIGTERM: stopping."));
  host.child.kill("SIGTERM");
  expect(await ended).toBe(1);
});

test("refuses a state that another host has, with one sentence that names the process", async () => {
  const state = newState();
  const host = await startProcess(state);
  const second = launch(state);
  expect(await second.ended).toBe(1);
  expect(second.output().trim().split("\n")).toEqual([
    expect.stringContaining("is in use by another host") as string,
  ]);
  if (process.platform === "linux") {
    expect(second.output()).toContain(`(process ${host.child.pid})`);
  }
});

test("refuses a port that is taken, with one sentence", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await until("the port", () => server.listening);
  const { port } = server.address() as AddressInfo;
  const { ended, output } = launch(newState(), { args: ["--port", String(port)] });
  expect(await ended).toBe(1);
  expect(output()).toBe(
    `Port ${port} of 127.0.0.1 is taken by another program: stop it, or give another --port.\n`,
  );
  server.close();
});

test("refuses a damaged state file, with one sentence", async () => {
  const state = newState();
  writeFileSync(join(state, "host.db"), "this is no database at all; ".repeat(100));
  const { ended, output } = launch(state);
  expect(await ended).toBe(1);
  expect(output()).toMatch(/^The state file .*host\.db is damaged .*\n$/);
});

test("ends when the app can't be loaded, and says what to do", async () => {
  const { ended, output } = launch(newState(), { app: "broken" });
  expect(await ended).toBe(1);
  expect(output()).toMatch(/^The app can't be loaded: main\.js: Cannot find module 'no-such-module-xyz'/);
  expect(output()).toContain("npm ci");
});

test.each([
  [["--port", "seventy"], "--port is 'seventy' and must be a port, 0 to 65535.", 1],
  [["--nosuch"], "Unknown option '--nosuch'", 2],
])("refuses the arguments %j", async (args, text, code) => {
  const { ended, output } = launch(newState(), { args });
  expect(await ended).toBe(code);
  expect(output()).toContain(text);
});
