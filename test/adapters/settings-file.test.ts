import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { readEstate } from "../../adapters/settings/file";
import { textOf } from "../../shared/errors";
import { rawEstate, testEstate } from "./estate";

const folder = mkdtempSync(join(tmpdir(), "switchover-settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function said(text: string): Promise<string> {
  const file = join(folder, "my.yaml");
  writeFileSync(file, text);
  return readEstate(file).then(
    () => "accepted",
    (thrown: unknown) => textOf(thrown, 10_000).replaceAll(folder, ""),
  );
}

const good = stringify(rawEstate());

it("reads a file", async () => {
  const file = join(folder, "good.yaml");
  writeFileSync(file, `# our company\n${good}`);
  expect(await readEstate(file)).toEqual(testEstate());
});

it("reads the sandbox's own switchover.yaml", async () => {
  expect(await readEstate(join(__dirname, "../../switchover.yaml"))).toMatchObject({ company: "Shop Ltd" });
});

it("says that there is no such file, and what to do", async () => {
  await expect(readEstate(join(folder, "none.yaml"))).rejects.toThrow(
    /^CONFIG_MISSING: There is no configuration file .*none\.yaml\. Copy/,
  );
});

it("says that a folder is not a file", async () => {
  await expect(readEstate(folder)).rejects.toMatchObject({ code: "CONFIG_UNREADABLE" });
});

it("gives line and column of what is no YAML", async () => {
  expect(await said("company: Shop\nservice:\n  hostname: [a, b\n")).toMatch(
    /^CONFIG_UNREADABLE: \/my\.yaml is not valid YAML:\n {2}line 4, column 1: /,
  );
});

it("gives line and column of a setting that is written twice", async () => {
  expect(await said(`${good}company: Another\n`)).toMatch(/line \d+, column 1: Map keys must be unique/);
  expect(await said("service:\n  port: 1\n  port: 2\n")).toContain(
    "line 3, column 3: Map keys must be unique",
  );
});

it("refuses aliases that unfold without an end", async () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
  for (const [at, name] of Array.from("bcdefgh").entries()) {
    const before = "abcdefgh"[at];
    bomb.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(", ")}]`);
  }
  expect(await said(bomb.join("\n"))).toMatch(/^CONFIG_UNREADABLE: .*can't be unfolded/);
});

it("says on which line a wrong setting is", async () => {
  const text = good.replace("hostname: shop.example.com", "hostname: shop example");
  const line = text.split("\n").findIndex((each) => each.includes("shop example")) + 1;
  expect(await said(text)).toContain(`service.hostname (line ${line}): is "shop example"`);
});

it("says where the section begins in which a setting is missing", async () => {
  const text = good.replace(/ {4}role: backup\n/, "");
  const line = text.split("\n").findIndex((each) => each.includes("name: api-backup")) + 1;
  expect(await said(text)).toContain(
    `servers[1].role (line ${line}): is missing; expected one of main, backup.`,
  );
});

it("says on which line a setting is that nobody knows", async () => {
  expect(await said(`${good}polici: {}\n`)).toMatch(
    /polici \(line \d+\): is not a setting; .* Did you mean policy\?/,
  );
});

it("takes an empty file for no configuration", async () => {
  expect(await said("")).toContain("the file: is empty; expected a section with settings.");
});
