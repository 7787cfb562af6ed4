import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenBans } from "./tidy/bans";
import { brokenImports, importRule } from "./tidy/import-rule";
import { brokenActivity, codesIn, unlisted, unmapped } from "./tidy/names";
import { sourceOf, type Source } from "./tidy/source";

/** The rules of the house that no compiler and no linter holds. Each says what to do instead. */
const root = join(__dirname, "..");
/** Function apps that stand for other people's, in other people's style. */
const foreign = ["test/host/apps/", "test/host/recorded/"];

const folders = readdirSync(root, { withFileTypes: true })
  .filter(
    (entry) =>
      entry.isDirectory() && !entry.name.startsWith(".") && !["node_modules", "dist"].includes(entry.name),
  )
  .map(({ name }) => name);
const files = folders
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
  )
  .filter((file) => file.endsWith(".ts") && !foreign.some((each) => file.startsWith(each)))
  .sort();
const read = (file: string) => readFileSync(join(root, file), "utf8");
const rules = (source: Source) => [
  ...brokenImports(source),
  ...brokenBans(source),
  ...brokenActivity(source),
];

it("looks at every folder that the import rule speaks of", () => {
  const present = Object.keys(importRule).filter((folder) => folders.includes(folder));
  expect(present.filter((folder) => !files.some((file) => file.startsWith(`${folder}/`)))).toEqual([]);
  expect(present).toContain("shared");
});

it.each(files)("%s keeps the rules", (file) => {
  expect(rules(sourceOf(file, read(file)))).toEqual([]);
});

it("has every top folder on the map, once there is a map", () => {
  if (existsSync(join(root, "ARCHITECTURE.md")))
    expect(unmapped(folders, read("ARCHITECTURE.md"))).toEqual([]);
});

it("explains every code of an error, and no other, once there is a page of them", () => {
  const codes = files
    .filter((file) => /^(functions|orchestrations|activities|shared|adapters|cli)\//.test(file))
    .flatMap((file) => codesIn(sourceOf(file, read(file))));
  expect(codes).toContain("CONFIG_INVALID");
  if (existsSync(join(root, "docs/errors.md"))) expect(unlisted(codes, read("docs/errors.md"))).toEqual([]);
});
