import { z } from "zod";
import { estateSchema } from "./estate";
import { settings } from "./estate-settings";
import { systemOf } from "./finding";
import { spanSetting } from "./span-text";

/** As much of JSON Schema as an estate is described with. */
export type JsonSchema = {
  description?: string;
  default?: unknown;
  required?: string[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  oneOf?: JsonSchema[];
};

/** JSON Schema (draft 7, which editors know best) of what may be written in `switchover.yaml`, each setting explained. */
export function estateJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(estateSchema, {
    io: "input",
    target: "draft-7",
    override: ({ zodSchema, jsonSchema, path }) => {
      // Our own check of the names can't be expressed; the list of them can, and editors complete it.
      if (path.join(".").endsWith("automatic.items")) jsonSchema.enum = Object.keys(systemOf);
      // Left out otherwise, because a span is turned into milliseconds: shown is what one would write.
      if (!(zodSchema instanceof z.ZodDefault) || jsonSchema.type !== "string") return;
      const { defaultValue } = zodSchema.def;
      if (typeof defaultValue === "number") jsonSchema.default = spanSetting(defaultValue);
    },
  }) as JsonSchema;
  for (const { path, schema: at } of settingsOf(schema)) {
    const text = (settings as Partial<Record<string, string>>)[path];
    if (text !== undefined) at.description = text;
  }
  return schema;
}

/** A place in the schema: a setting, or a section, which has others in it. A list is a section, `onCall[]`. */
export type Place = { path: string; kind: "setting" | "section"; required: boolean; schema: JsonSchema };

/** Everything that can be set and every section, in the order of the schema. What has several forms may come more than once. */
export function settingsOf(schema: JsonSchema, path = "", required = true): Place[] {
  const { properties, items, oneOf } = schema;
  if (items?.properties || items?.oneOf)
    return [{ path: `${path}[]`, kind: "section", required, schema }, ...settingsBelow(items, `${path}[]`)];
  if (properties || oneOf?.some((form) => form.properties))
    return [
      ...(path === "" ? [] : [{ path, kind: "section", required, schema } satisfies Place]),
      ...settingsBelow(schema, path),
    ];
  return [{ path, kind: "setting", required, schema }];
}

function settingsBelow({ properties = {}, required = [], oneOf = [] }: JsonSchema, path: string): Place[] {
  return [
    ...oneOf.flatMap((form) => settingsBelow(form, path)),
    ...Object.entries(properties).flatMap(([name, inner]) =>
      settingsOf(inner, path === "" ? name : `${path}.${name}`, required.includes(name)),
    ),
  ];
}
