import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { placesOnce, withSettingsTables } from "../../cli/documents/settings-tables";
import { estateJsonSchema, settingsOf, type Place } from "../../shared/estate-json-schema";
import { settings } from "../../shared/estate-settings";

/** That the schema and the page are the committed ones is looked at by test/cli/documents/documents.test.ts. */
const root = join(__dirname, "../..");
const schema = estateJsonSchema();
const places = settingsOf(schema);
const page = readFileSync(join(root, "docs/configuration.md"), "utf8");

describe("the settings", () => {
  const written = places.filter((place) => place.kind === "setting");

  it("are explained in the schema, each of them", () => {
    expect(written.length).toBeGreaterThan(40);
    expect(written.filter(({ schema: at }) => !at.description).map(({ path }) => path)).toEqual([]);
  });

  it("are all in the schema that an explanation is about", () => {
    const known = new Set(places.map(({ path }) => path));
    expect(Object.keys(settings).filter((path) => !known.has(path))).toEqual([]);
  });

  it("stand in exactly one table of docs/configuration.md", () => {
    const rows = page.split("\n").flatMap((line) => /^\| `([a-zA-Z.[\]]+)` \| /.exec(line)?.[1] ?? []);
    const times = (path: string) => rows.filter((row) => row === path).length;
    expect(placesOnce(schema).filter(({ path }) => times(path) !== 1)).toEqual([]);
  });
});

describe("the schema for editors", () => {
  const at = (path: string): Place => {
    const place = places.find((one) => one.path === path);
    if (place === undefined) throw new Error(`the schema has no ${path}`);
    return place;
  };

  it("lists the findings that may be automatic", () => {
    expect(JSON.stringify(at("policy.automatic").schema)).toContain('"api-server-sick"');
  });

  it("takes spans and references to secrets for text of a form, and shows defaults as one writes them", () => {
    const stalled = { type: "string", pattern: "^\\d+(ms|s|m|h|d)$", default: "2m" };
    expect(at("policy.windows.stalled").schema).toMatchObject(stalled);
    expect(at("policy.windows.block").schema).toMatchObject({ default: "1h" });
    expect(at("cloudflare.token").schema).toMatchObject({ type: "string", pattern: "^env:[A-Z][A-Z0-9_]*$" });
  });

  it("is named by the first line of switchover.yaml, where it is", () => {
    const [first = ""] = readFileSync(join(root, "switchover.yaml"), "utf8").split("\n");
    const [, file = "not named"] = /^# yaml-language-server: \$schema=(\S+)$/.exec(first) ?? [];
    expect(existsSync(join(root, file))).toBe(true);
  });
});

describe("the tables of the page", () => {
  const small = {
    required: ["mail"],
    properties: {
      mail: {
        required: ["server"],
        properties: { server: { description: "where | it is" }, from: { description: "who", default: "us" } },
      },
      mailing: { description: "something else" },
    },
  };
  const filled = (text: string) => withSettingsTables(text, small);

  it("are written between their marks, and nowhere else", () => {
    const text = filled("before\n<!-- settings: mail -->\nold\n<!-- end -->\nafter");
    expect(text).toBe(
      [
        "before\n<!-- settings: mail -->\n",
        "| setting | default | meaning |\n| --- | --- | --- |",
        "| `mail.server` | must be set | where \\| it is |",
        "| `mail.from` | `us` | who |\n",
        "<!-- end -->\nafter",
      ].join("\n"),
    );
    expect(filled(text)).toBe(text);
  });

  it("may leave a part to another table", () => {
    const text = filled("<!-- settings: mail but mail.server -->\n\n<!-- end -->");
    expect(text).toContain("`mail.from`");
    expect(text).not.toContain("`mail.server`");
  });

  it("are not asked for a section that there is not", () => {
    expect(() => filled("<!-- settings: male -->\n\n<!-- end -->")).toThrow('"male", which has no setting');
  });
});
