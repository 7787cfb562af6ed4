import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { estateJsonSchema } from "../../shared/config";

it("has every setting explained in docs/configuration.md", () => {
  const page = readFileSync(join(__dirname, "../../docs/configuration.md"), "utf8");
  const explained = (path: string) =>
    page.includes(`\`${path}\``) || page.includes(`\`${path.replace("policy.windows.", "")}\``);
  const settings = settingsOf(estateJsonSchema(), "");
  expect(settings.length).toBeGreaterThan(40);
  expect(settings.filter((path) => !explained(path))).toEqual([]);
});

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema; oneOf?: JsonSchema[] };

/** The paths of everything that can be set; sections and lists of sections count by what is in them. */
function settingsOf({ properties, items, oneOf }: JsonSchema, path: string): string[] {
  if (oneOf?.some((form) => form.properties)) return oneOf.flatMap((form) => settingsOf(form, path));
  if (items?.properties || items?.oneOf) return settingsOf(items, `${path}[]`);
  if (!properties) return [path];
  return Object.entries(properties).flatMap(([name, inner]) =>
    settingsOf(inner, path === "" ? name : `${path}.${name}`),
  );
}

describe("the schema for editors", () => {
  const file = join(__dirname, "../../switchover.schema.json");

  it("is the one that is committed: `UPDATE_SCHEMA=1 npx jest test/shared/config-schema.test.ts` writes it again", () => {
    const schema = JSON.stringify(estateJsonSchema(), null, 2);
    if (process.env["UPDATE_SCHEMA"]) writeFileSync(file, `${schema}\n`);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(schema));
  });

  it("lists the findings that may be automatic, and takes spans for text", () => {
    const text = JSON.stringify(estateJsonSchema());
    expect(text).toContain('"api-server-sick"');
    expect(text).toMatch(/"stalled":\{"type":"string","pattern":/);
  });
});
