import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collectApp, loadApp } from "../../../host/index";
import { classify } from "../../../host/app/classify";

type Functions = {
  app: {
    http(name: string, options: object): void;
    storageQueue(name: string, options: object): void;
    hook: { appStart(callback: (context: { hookData: Record<string, unknown> }) => unknown): void };
  };
};

const functions = require("@azure/functions") as Functions;
const directory = mkdtempSync(join(tmpdir(), "load-app-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let number = 0;

/** A folder with an app of these files. */
function folder(packageJson: object | undefined, files: Record<string, string> = {}): string {
  const path = join(directory, String((number += 1)));
  mkdirSync(path);
  if (packageJson) {
    writeFileSync(join(path, "package.json"), JSON.stringify(packageJson));
  }
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(path, name), text);
  }
  return path;
}

test.each([
  [undefined, "its package.json can't be read (there is none)"],
  [{}, 'has no "main"'],
  [{ main: "src/*.js" }, 'No file matches "main": "src/*.js"'],
])("refuses a folder without an app: %j", async (packageJson, text) => {
  await expect(loadApp({ directory: folder(packageJson) })).rejects.toThrow(text);
});

test("loads its entry files in alphabetical order and stops at one that fails", async () => {
  const files = {
    "b.js": "throw new Error('bad import b');",
    "a.js": "(globalThis.loaded ??= []).push('a');",
    "c.js": "(globalThis.loaded ??= []).push('c');",
  };
  const app = await loadApp({ directory: folder({ main: "*.js" }, files) });
  expect(app.functions).toEqual([]);
  expect(app.problems).toMatchObject([{ file: "b.js", error: "bad import b" }]);
});

test("refuses functions it doesn't know, by name, and keeps the others", async () => {
  const app = await collectApp(() => {
    functions.app.http("known", { handler: () => ({}) });
    functions.app.storageQueue("fromQueue", { queueName: "q", connection: "c", handler: () => {} });
    functions.app.http("withQueue", {
      extraOutputs: [{ type: "queue", direction: "out", name: "q" }],
      handler: () => ({}),
    });
  });
  expect(app.functions.map(({ name }) => name)).toEqual(["known"]);
  expect(app.refused).toEqual([
    {
      name: "fromQueue",
      reason: "Function 'fromQueue' is not run: this host doesn't know the trigger 'queueTrigger'.",
    },
    {
      name: "withQueue",
      reason: "Function 'withQueue' is not run: this host doesn't know the binding 'queue'.",
    },
  ]);
});

test.each([
  ["9lives", { t: { type: "httpTrigger", direction: "in" } }, "a name is a letter"],
  ["host", { t: { type: "httpTrigger", direction: "in" } }, "a name is a letter"],
  ["counter", { t: { type: "entityTrigger", direction: "in" } }, "no durable entities"],
  ["none", {}, "it has no trigger"],
])("refuses '%s'", (name, bindings, reason) => {
  expect(classify({ name, bindings })).toEqual({ refused: expect.stringContaining(reason) as string });
});

test("refuses a second function of one name, and a registration after the start", async () => {
  const twice = () => {
    functions.app.http("same", { handler: () => ({}) });
    functions.app.http("same", { handler: () => ({}) });
  };
  await expect(collectApp(twice)).rejects.toThrow('A function with id "same" has already been registered.');
  expect(() => functions.app.http("late", { handler: () => ({}) })).toThrow(
    "A function can only be registered during app startup.",
  );
});

test("runs the app's start hooks once everything is registered", async () => {
  const seen: string[] = [];
  await collectApp(() => {
    functions.app.hook.appStart(async ({ hookData }) => {
      hookData["greeting"] = "hello";
      seen.push("first");
    });
    functions.app.hook.appStart(({ hookData }) => seen.push(`second ${String(hookData["greeting"])}`));
    seen.push("registered");
  });
  expect(seen).toEqual(["registered", "first", "second hello"]);
});
