import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { activities } from "../../activities";
import { plans } from "../../orchestrations/plans";

type Loaded = { name: string; trigger: string; route?: string; methods?: string[]; schedule?: string };

const ROOT = join(__dirname, "../..");

/** Loads dist/ in a process of its own by the worker's rules: package.json's `main`, every entry file, in alphabetical order. */
function loadArtefact(): { functions: Loaded[]; problems: unknown[] } {
  const script = `
    const { loadApp, openHost } = require("./dist/host/index.js");
    (async () => {
      const app = await loadApp({ directory: process.cwd() });
      const host = await openHost({ app, stateFile: require("node:path").join(require("node:fs").mkdtempSync(require("node:path").join(require("node:os").tmpdir(), "switchover-artefact-")), "host.db"), hostJson: require("./host.json"), mode: "manual" });
      console.log(JSON.stringify({ functions: host.functions(), problems: app.problems }));
      host.abandon();
      process.exit();
    })();`;
  const out = execFileSync(join(ROOT, "node_modules/.bin/node"), ["-e", script], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return JSON.parse(out.trim().split("\n").at(-1) ?? "{}") as { functions: Loaded[]; problems: unknown[] };
}

describe("the built function app, loaded as Azure's worker loads it", () => {
  const { functions, problems } = loadArtefact();

  it("has no entry file that fails: one would hide every function", () => {
    expect(problems).toEqual([]);
  });

  it("has every activity that an orchestration can call, and every plan's orchestration", () => {
    const names = functions.map((one) => one.name);
    for (const name of [
      ...Object.keys(activities),
      ...plans.map((plan) => plan.name),
      "recover",
      "failBack",
      "watch",
    ]) {
      expect(names).toContain(name);
    }
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it("gives each literal route a name that sorts before every parameter route it could be taken for", () => {
    const routed = functions.filter((one) => one.route !== undefined);
    const problemsFound = routed.flatMap((literal) =>
      routed
        .filter((other) => other !== literal && couldTake(other, literal) && !couldTake(literal, other))
        .filter((other) => literal.name.toLowerCase() > other.name.toLowerCase())
        .map(
          (other) =>
            `${other.name} (${other.route}) takes the requests of ${literal.name} (${literal.route})`,
        ),
    );
    expect(problemsFound).toEqual([]);
  });

  it("answers two methods of one route by two functions at most once each", () => {
    const seen = functions
      .filter((one) => one.route !== undefined)
      .flatMap((one) => (one.methods ?? []).map((method) => `${method} ${one.route}`));
    expect(new Set(seen).size).toBe(seen.length);
  });
});

/** Could a request for `literal`'s route match `general`'s, which has parameters where the other has words? */
function couldTake(general: Loaded, literal: Loaded): boolean {
  const methods = (general.methods ?? []).some((method) => literal.methods?.includes(method));
  const [left, right] = [general.route?.split("/") ?? [], literal.route?.split("/") ?? []];
  return (
    methods &&
    left.length === right.length &&
    left.every((part, index) => part.startsWith("{") || part === right[index])
  );
}
