import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { engines } from "../../package.json";
import { NODE_NEEDED, refuseOldNode } from "../../cli/old-node";
import { importsOf, sourceOf } from "../tidy/source";

const ROOT = join(__dirname, "../..");

/** Every package that is loaded with a file of ours, before any function of it is called; `lazily` with those too. */
function loadedWith(file: string, lazily: boolean, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return importsOf(sourceOf(file, readFileSync(join(ROOT, file), "utf8")))
    .filter(({ kind }) => kind === "value" || (lazily && kind === "lazy"))
    .flatMap(({ from }) => {
      if (!from.startsWith(".")) return [from];
      const path = posix.join(posix.dirname(file), from);
      const found = [`${path}.ts`, `${path}/index.ts`].find((one) => existsSync(join(ROOT, one)));
      return found === undefined ? [] : loadedWith(found, lazily, seen);
    });
}

describe("a Node that is too old", () => {
  it.each(["18.20.8", "20.20.2", "22.12.9", "22.9.0"])("%s is refused, with what to do", (version) => {
    expect(() => refuseOldNode(version)).toThrow(
      `NODE_TOO_OLD: This is Node ${version}; ${NODE_NEEDED.join(".")} or newer is needed. Use npm start`,
    );
  });

  it.each(["22.13.0", "22.20.1", "23.0.0", "24.21.0", "100.0.0"])("%s is not", (version) => {
    expect(() => refuseOldNode(version)).not.toThrow();
  });

  it("is what package.json says it is", () => {
    expect(`>=${NODE_NEEDED.join(".")}`).toBe(engines.node);
  });

  it("is found out before anything that it lacks is loaded", () => {
    expect(loadedWith("cli/main.ts", true)).toContain("node:sqlite");
    expect(loadedWith("cli/main.ts", false)).toEqual([]);
  });
});

/** The built command. There is seldom an old Node, so one that lies and lacks `node:sqlite` always runs as well. */
describe("the built command under an old Node", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "switchover-old-node-"));
    const lie = `
      Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });
      const Module = require("node:module");
      const load = Module._load;
      Module._load = function (id, ...rest) {
        if (id === "node:sqlite") throw new Error("No such built-in module: node:sqlite");
        return load.call(this, id, ...rest);
      };`;
    writeFileSync(join(folder, "old.js"), lie);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = (node: string, args: string[]) =>
    new Promise<{ code: unknown; said: string }>((resolve) => {
      execFile(node, args, { cwd: folder, encoding: "utf8" }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : error.code, said: stdout + stderr }),
      );
    });
  const majorOf = async (node: string) =>
    Number(/^v(\d+)/.exec((await run(node, ["--version"])).said)?.[1] ?? Number.NaN);

  it.each(["up", "status", "audit"])(
    "refuses `%s` with one sentence, and writes nothing",
    async (command) => {
      const main = join(ROOT, "dist/cli/main.js");
      const runs = [run(process.execPath, ["--require", "./old.js", main, command])];
      for (const node of ["/usr/bin/node", "/usr/local/bin/node"])
        if (existsSync(node) && (await majorOf(node)) < NODE_NEEDED[0]) runs.push(run(node, [main, command]));
      for (const { code, said } of await Promise.all(runs)) {
        expect(said).toMatch(/^NODE_TOO_OLD: This is Node \d\S+; 22\.13 or newer is needed\. .*\n$/);
        expect(code).toBe(1);
      }
      expect(existsSync(join(folder, ".switchover"))).toBe(false);
    },
  );
});
