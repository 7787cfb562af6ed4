import { brokenBans } from "./bans";
import { brokenImports } from "./import-rule";
import { brokenActivity, codesIn, unlisted, unmapped } from "./names";
import { sourceOf } from "./source";

const imports = (file: string, text: string) => brokenImports(sourceOf(file, text));
const bans = (file: string, text: string) => brokenBans(sourceOf(file, text));
const activity = (file: string, text: string) => brokenActivity(sourceOf(file, text));

describe("the import rule", () => {
  it.each([
    ["shared/plan.ts", 'import { digest } from "../adapters/digest";'],
    ["shared/plan.ts", 'import type { Activities } from "../activities";'],
    ["shared/plan.ts", 'import { readFileSync } from "node:fs";'],
    ["shared/ledger/rows.ts", 'import {\n  a,\n  type B,\n} from "../../activities/watch";'],
    ["activities/watch.ts", 'import { cloudflareRecords } from "../adapters/cloudflare";'],
    ["activities/watch.ts", 'export { x } from "../orchestrations/recover";'],
    ["activities/watch.ts", 'const c = require("cloudflare");'],
    ["orchestrations/recover.ts", 'import { watch } from "../activities/watch";'],
    ["orchestrations/recover.ts", 'import * as df from "durable-functions";'],
    ["orchestrations/recover.ts", 'import watch, { type Watch } from "../activities/watch";'],
    ["orchestrations/plans/index.ts", 'export * from "../../activities";'],
    ["adapters/cloudflare.ts", 'import Cloudflare from "cloudflare";'],
    ["adapters/world.ts", 'import type { X } from "../sandbox/company";'],
    ["console/page.ts", 'import { look } from "../activities/look";'],
    ["host/main.ts", 'import { app } from "../functions/watch";'],
    ["host/main.ts", 'const { x } = await import("../shared/errors");'],
    ["sandbox/company.ts", 'import { digest } from "../adapters/digest";'],
    ["shared/side.ts", 'import "../functions/watch";'],
    ["functions/watch.ts", 'import { testEstate } from "../test/adapters/estate";'],
    ["newfolder/x.ts", "export const a = 1;"],
  ])("catches in %s: %s", (file, text) => {
    expect(imports(file, text)).toHaveLength(1);
  });

  it.each([
    ["shared/estate.ts", 'import { z } from "zod";\nimport { isFinding } from "./finding";'],
    [
      "activities/index.ts",
      'import { watch } from "./watch";\nimport type { World } from "../shared/world";',
    ],
    [
      "orchestrations/recover.ts",
      'import type { Activities } from "../activities";\nimport { refuse } from "../shared/errors";',
    ],
    ["orchestrations/recover.ts", 'import { type Activities, type Other } from "../activities";'],
    ["orchestrations/durable.ts", 'import type { Task } from "durable-functions";'],
    [
      "adapters/cloudflare.ts",
      'import type * as Sdk from "cloudflare";\nconst sdk = () => require("cloudflare") as typeof Sdk;',
    ],
    ["adapters/file.ts", 'import { readFile } from "node:fs/promises";'],
    ["console/page.ts", 'import type { GateView } from "../shared/gate";'],
    ["cli/main.ts", 'import { start } from "../host/start";\nimport { version } from "../package.json";'],
    ["test/x.test.ts", 'import { a } from "../activities/watch";'],
    [
      "shared/words.ts",
      '// import { a } from "../activities/watch";\nconst says = "import { a } from \'../host/x\'";',
    ],
    ["shared/words.ts", 'export type Kind = { a: string };\nconst from = "../activities/watch";'],
  ])("lets pass in %s: %s", (file, text) => {
    expect(imports(file, text)).toEqual([]);
  });

  it("names the rule, the line and the remedy", () => {
    expect(imports("orchestrations/recover.ts", '\nimport { watch } from "../activities/watch";')[0]).toBe(
      "line 2: orchestrations/ may not import ../activities/watch; its types may be: write `import type`",
    );
    expect(imports("shared/a.ts", 'import { x } from "../host/x";')[0]).toContain("ARCHITECTURE.md");
  });
});

const note = ["TO", "DO"].join("");

describe("the bans", () => {
  it.each([
    ["orchestrations/recover.ts", "const x = yield context.df.callActivity('a');"],
    ["orchestrations/recover.ts", "const x = `${yield task}`;"],
    ["orchestrations/recover.ts", "return /* yield */ yield\n;"],
    ["functions/watch.ts", "yield context.df.Task.any([a, b]);"],
    ["shared/gate.ts", "const at = new Date(x);"],
    ["activities/watch.ts", "const at = Date\n  .now();"],
    ["console/page.ts", "`${new Date()}`"],
    ["shared/a.ts", "export default function a() {}"],
    ["shared/a.ts", "const rate = count / Date.now() / 2;"],
    ["host/a.ts", `const a = 1; // ${note}: later`],
    ["test/a.test.ts", 'jest.mock("../shared/errors");'],
    ["cli/main.ts", "process.exit(0);"],
    ["functions/a.ts", "process.exit( );"],
    ["orchestrations/a.ts", "const retry = { retryTimeoutInMilliseconds: 1 };"],
    ["orchestrations/a.ts", "yield* wait(context.df.callHttp(x));"],
    ["orchestrations/a.ts", "context.df.continueAsNew(x);"],
    ["functions/a.ts", "return client.createCheckStatusResponse(request, id);"],
  ])("catch in %s: %s", (file, text) => {
    expect(bans(file, text).length).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ["orchestrations/durable.ts", "const x = (yield task) as T; context.df.Task.any([a, b]);"],
    [
      "orchestrations/recover.ts",
      "const x = yield* call(df, 'a'); const y = z.yield; const o = { yield: 1 };",
    ],
    [
      "orchestrations/recover.ts",
      "// a bare yield is banned\nconst says = 'yield'; const t = `yield ${x} yield`; const r = /yield [/] yield/;",
    ],
    ["shared/time.ts", "return new Date(0).toISOString();"],
    ["shared/gate.ts", "const says = `new Date(${x})`; // Date.now\nconst updateDate = newDate(x);"],
    ["adapters/world.ts", "const now = Date.now();"],
    ["sandbox/child.ts", "process.exit(0);"],
    ["cli/main.ts", "process.exit(1);"],
    ["test/host/app.ts", "const x = yield task;"],
    ["host/durable.ts", "function continueAsNew() {}"],
    ["shared/half.ts", "const half = a / 2 / b; const c = ') / new'; const d = x\n  / y;"],
  ])("let pass in %s: %s", (file, text) => {
    expect(bans(file, text)).toEqual([]);
  });

  it("allow 250 lines, and not one more", () => {
    expect(bans("shared/long.ts", "const a = 1;\n".repeat(250))).toEqual([]);
    expect(bans("shared/long.ts", "const a = 1;\n".repeat(251))).toEqual([
      "251 lines are more than 250; split it: one idea a file",
    ]);
  });

  it("say the line, and what to write instead", () => {
    expect(bans("shared/gate.ts", "\n\nconst at = new Date();")).toEqual([
      "line 3: `new Date(` and `Date.now`: banned; take the time from the world's clock or the durable clock, and compute with shared/time.ts",
    ]);
  });

  it("see code again after a template, a nested one, an escape, an apostrophe in a comment", () => {
    const texts = [
      "`a ${ `b ${ c } d` } e`;",
      "'it\\'s';",
      "// it's\n",
      "/* ` */",
      "/['`\"]/.test(x);",
      "`\\``;",
      "({ a: `${{ b: 1 }.b}` });",
      "a = b / c; // '",
    ];
    for (const text of texts) {
      expect([text, bans("shared/a.ts", `${text}\nDate.now();`)]).toEqual([
        text,
        [expect.stringContaining("Date.now")],
      ]);
    }
  });
});

describe("the names of activities", () => {
  it.each([
    "export async function applyStep() {}\nexport type Input = {};",
    "export const applyStep = async (input: Input, world: World): Promise<void> => {};\nexport const LIMIT = 3;",
    "export function applyStep() {}\nfunction helper() {}\n// export function other() {}",
  ])("are the file's: %s", (text) => {
    expect(activity("activities/apply-step.ts", text)).toEqual([]);
  });

  it.each([
    "export function other() {}",
    "export type Input = {};",
    "export function applyStep() {}\nexport const helper = (a: string) => a;",
    "function applyStep() {}",
  ])("are not anything else: %s", (text) => {
    expect(activity("activities/apply-step.ts", text)[0]).toContain("named as its file: applyStep");
  });

  it("are no business of other folders, or of the list of activities", () => {
    expect(activity("shared/apply-step.ts", "")).toEqual([]);
    expect(activity("activities/index.ts", "export const activities = {};")).toEqual([]);
  });
});

describe("the pages", () => {
  it("miss a folder that the map does not name", () => {
    expect(unmapped(["host", "shared", "ost"], "`host/` runs it; see docs/shared/x")).toEqual([
      expect.stringContaining("shared/ is not on the map"),
      expect.stringContaining("ost/ is not on the map"),
    ]);
  });

  it("find the codes that are made, in whatever way", () => {
    const text = [
      'throw new RecoveryError(\n  "A_ONE", "x", "y");',
      'refuse("B_TWO", s, h); return { refused: "C_THREE" };',
      'throw new Error(`D_FOUR: ${x}`); throw new Error("E_FIVE: x");',
      '// new RecoveryError("F_SIX")',
      'throw new RecoveryError(code, "x", "y"); throw new Error("no code: x"); throw new RecoveryError("g-seven");',
    ].join("\n");
    expect(codesIn(sourceOf("activities/a.ts", text)).sort()).toEqual([
      "A_ONE",
      "B_TWO",
      "C_THREE",
      "D_FOUR",
      "E_FIVE",
      "g-seven",
    ]);
  });

  it("compare codes in both directions", () => {
    const page =
      "# Errors\n\n| code | means |\n| --- | --- |\n| `A_ONE` | one, see D_FOUR |\n\n## C_THREE\n\nUse `E_FIVE`.\n";
    expect(unlisted(["A_ONE", "B_TWO", "A_ONE"], page)).toEqual([
      "B_TWO is made in the source and not explained in docs/errors.md; add it",
      "docs/errors.md explains C_THREE, which nothing makes; remove it",
    ]);
  });
});
