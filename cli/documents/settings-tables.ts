import { settingsOf, type JsonSchema, type Place } from "../../shared/estate-json-schema";
import { table } from "./markdown";

/** `<!-- settings: dns -->` … `<!-- end -->`: between the two stands the table of that section's settings. */
const MARKED = /(<!-- settings: ([^\n]+?) -->\n)[\s\S]*?(\n<!-- end -->)/g;

/**
 * docs/configuration.md with its tables written from the schema; the prose between them is left as it is. A
 * section may leave parts to another table: `policy but policy.windows`.
 */
export function withSettingsTables(text: string, schema: JsonSchema): string {
  const places = placesOnce(schema);
  return text.replace(MARKED, (_all, begin: string, sections: string, end: string) => {
    const [of = "", but] = sections.split(" but ");
    const wanted = places.filter(({ path }) => isIn(path, of) && !(but !== undefined && isIn(path, but)));
    if (wanted.length === 0)
      throw new Error(`docs/configuration.md asks for "${sections}", which has no setting.`);
    return `${begin}\n${table(["setting", "default", "meaning"], wanted.map(row))}\n${end}`;
  });
}

/** Each setting, and of the sections those that are explained. A setting that several forms have stands once. */
export function placesOnce(schema: JsonSchema): Place[] {
  const first = new Map<string, Place>();
  for (const place of settingsOf(schema)) {
    const shown = place.kind === "setting" || place.schema.description !== undefined;
    if (shown && !first.has(place.path)) first.set(place.path, place);
  }
  return [...first.values()];
}

/** `sections` are separated by commas; `mail` has `mail.server` in it, and not `mailing`. */
function isIn(path: string, sections: string): boolean {
  return sections
    .split(", ")
    .some((section) => path === section || path.startsWith(`${section}.`) || path.startsWith(`${section}[]`));
}

function row({ path, required, schema }: Place): string[] {
  return [`\`${path}\``, defaultOf(schema, required), schema.description ?? ""];
}

function defaultOf(schema: JsonSchema, required: boolean): string {
  if (required) return "must be set";
  const value = schema.default;
  if (value === undefined || isEmpty(value)) return "none";
  if (typeof value === "string") return `\`${value}\``;
  // A list of sections would not fit into a cell; its meaning says what it is.
  return typeof value === "object" ? "see there" : `\`${JSON.stringify(value)}\``;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
