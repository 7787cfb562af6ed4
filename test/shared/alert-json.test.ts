import * as fc from "fast-check";
import { parseForm } from "../../shared/alert/form";
import { parseJson } from "../../shared/alert/json";
import { isProblem, type AlertProblem } from "../../shared/alert/problem";

function fieldsOf(text: string): Record<string, string> {
  const parsed = parseJson(text);
  if (isProblem(parsed)) throw new Error(JSON.stringify(parsed));
  return { ...parsed.fields };
}

const nested = (depth: number) => `{"a":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
const keys = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, "v"])));

test("keeps scalars as the text they were, and leaves lists and objects out", () => {
  const text =
    '{"s":"a\\u00e9\\n","n":12.50e1,"z":-0,"nan":NaN,"i":-Infinity,"t":true,"f":false,"nil":null,"l":[1,{"x":2}],"o":{"y":"3"}}';
  expect(fieldsOf(text)).toEqual({
    s: "aé\n",
    n: "12.50e1",
    z: "-0",
    nan: "NaN",
    i: "-Infinity",
    t: "true",
    f: "false",
  });
});

test("takes the fields of `macros` too, where forwarders put the environment", () => {
  expect(fieldsOf('{"kind":"notification","macros":{"HOSTNAME":"a","deep":{"HOSTNAME":"b"}}}')).toEqual({
    kind: "notification",
    HOSTNAME: "a",
  });
});

test("accepts just as much nesting and as many keys as it says", () => {
  expect(fieldsOf(nested(16))).toEqual({});
  expect(Object.keys(fieldsOf(keys(256)))).toHaveLength(256);
});

test.each([
  ["deeper nesting", nested(17), "malformed-json"],
  ["a tower that would overflow a stack", "[".repeat(60_000), "malformed-json"],
  ["a tower in a value", `{"a":${"[".repeat(60_000)}`, "malformed-json"],
  ["more keys", keys(257), "too-many-fields"],
  ["more keys, deep down", `{"a":[${keys(100)},${keys(100)},${keys(100)}]}`, "too-many-fields"],
  ["the same key twice", '{"a":"1","a":"1"}', "duplicate-field"],
  ["the same key twice, deep down", '{"x":{"a":1,"a":2}}', "duplicate-field"],
  ["the same key written differently", '{"a":1,"\\u0061":2}', "duplicate-field"],
  ["a key both beside and in `macros`", '{"HOSTNAME":"a","macros":{"HOSTNAME":"b"}}', "duplicate-field"],
  ["__proto__", '{"__proto__":{"HOSTNAME":"a"}}', "field-name"],
  ["constructor, deep down", '{"x":[{"constructor":1}]}', "field-name"],
  ["a list", '["a"]', "malformed-json"],
  ["a text", '"a"', "malformed-json"],
  ["nothing", "", "malformed-json"],
  ["text after it", '{"a":1} {"b":2}', "malformed-json"],
  ["a plugin output with a backslash, inlined", '{"output":"C:\\queue"}', "malformed-json"],
  ["a plugin output with a line break, inlined", '{"output":"a\nb"}', "malformed-json"],
  ["a body that was cut off", '{"output":"a', "malformed-json"],
  ["a comma too many", '{"a":1,}', "malformed-json"],
])("refuses %s", (_, text, code) => {
  const parsed = parseJson(text) as AlertProblem;
  expect(parsed).toMatchObject({ status: 400, code });
  expect(parsed.hint).not.toBe("");
});

test("says at which character it stopped", () => {
  expect(parseJson('{"a":1, b}')).toMatchObject({ where: "body, character 8", value: "b}" });
});

test("agrees with JSON.parse about every object of texts", () => {
  const names = fc
    .string({ unit: "binary" })
    .filter((name) => !["__proto__", "constructor", "prototype", "macros"].includes(name.toLowerCase()));
  fc.assert(
    fc.property(fc.dictionary(names, fc.string({ unit: "binary" }), { maxKeys: 20 }), (value) => {
      expect(fieldsOf(JSON.stringify(value, null, 2))).toEqual({ ...value });
    }),
  );
});

test("accepts no text that JSON.parse refuses, but for NaN and Infinity", () => {
  const valid = fc.json({ maxDepth: 4 }).map((text) => `{"x":${text}}`);
  const mutated = fc.tuple(valid, fc.nat(), fc.string({ maxLength: 2 })).map(([text, at, put]) => {
    const where = at % text.length;
    return text.slice(0, where) + put + text.slice(where + 1);
  });
  fc.assert(
    fc.property(mutated, (text) => {
      fc.pre(!/NaN|Infinity/.test(text));
      if (!isProblem(parseJson(text))) expect(() => JSON.parse(text) as unknown).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

describe("a form", () => {
  test("is decoded, with what is no UTF-8 replaced", () => {
    expect(parseForm("a=1+2&b=%C4%85%20x&c=caf%E9&d=100% full&e=&f")).toEqual({
      fields: { a: "1 2", b: "ą x", c: "caf\ufffd", d: "100% full", e: "", f: "" },
    });
  });

  test.each([
    ["a field twice", "a=1&b=2&a=1", "duplicate-field"],
    ["__proto__", "__proto__=x", "field-name"],
    ["too many fields", Array.from({ length: 257 }, (_, n) => `k${n}=`).join("&"), "too-many-fields"],
  ])("is refused with %s", (_, text, code) => {
    expect(parseForm(text)).toMatchObject({ status: 400, code });
  });

  test("cannot pretend to be a refusal by its field names", () => {
    const parsed = parseForm("code=x&says=y&hint=z&status=200");
    expect(isProblem(parsed)).toBe(false);
  });
});
