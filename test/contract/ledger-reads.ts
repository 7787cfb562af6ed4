import type { Ledger, Write } from "../../shared/ledger/port";
import { keys, put, putAll } from "./ledger-rows";

export function testReading(ledger: () => Ledger): void {
  it("reads nothing where nothing was written", async () => {
    expect(await ledger().read("p", "absent")).toBeUndefined();
    expect(await ledger().list("p", { limit: 10 })).toEqual([]);
  });

  it("keeps partitions apart", async () => {
    await ledger().commit("p", [{ put: "same", value: { in: "p" } }]);
    await ledger().commit("q", [{ put: "same", value: { in: "q" } }]);
    expect((await ledger().read("p", "same"))?.value).toEqual({ in: "p" });
    expect((await ledger().list("q", { limit: 10 })).map((row) => row.value)).toEqual([{ in: "q" }]);
  });

  it("lists in key order, whatever the order of writing", async () => {
    await putAll(ledger(), ["b", "a/2", "a", "c", "a/10", "B", "a.1"]);
    expect(await keys(ledger(), { limit: 10 })).toEqual(["B", "a", "a.1", "a/10", "a/2", "b", "c"]);
  });

  it("lists only keys that begin with the prefix", async () => {
    await putAll(ledger(), ["gate", "gate/1", "gate/2", "gate0", "gates", "hold/1", "fact"]);
    expect(await keys(ledger(), { prefix: "gate/", limit: 10 })).toEqual(["gate/1", "gate/2"]);
    expect(await keys(ledger(), { prefix: "none", limit: 10 })).toEqual([]);
  });

  it("takes no letter of a prefix for a wildcard", async () => {
    await putAll(ledger(), ["a_1", "ab1", "a%1", "a*1"]);
    expect(await keys(ledger(), { prefix: "a_", limit: 10 })).toEqual(["a_1"]);
    expect(await keys(ledger(), { prefix: "a%", limit: 10 })).toEqual(["a%1"]);
  });

  it("goes on after a key, also after one that is gone", async () => {
    await putAll(ledger(), ["e/1", "e/2", "e/3", "f/1"]);
    expect(await keys(ledger(), { prefix: "e/", after: "e/1", limit: 10 })).toEqual(["e/2", "e/3"]);
    expect(await keys(ledger(), { prefix: "e/", after: "e/15", limit: 10 })).toEqual(["e/2", "e/3"]);
    expect(await keys(ledger(), { prefix: "e/", after: "a", limit: 10 })).toEqual(["e/1", "e/2", "e/3"]);
    expect(await keys(ledger(), { prefix: "e/", after: "e/3", limit: 10 })).toEqual([]);
  });

  it("pages through everything with a limit, each row once", async () => {
    const all = Array.from({ length: 25 }, (_, at) => `row/${String(at).padStart(2, "0")}`);
    await putAll(ledger(), all);
    const seen: string[] = [];
    for (let page = 0; page < 4; page++)
      seen.push(...(await keys(ledger(), { after: seen.at(-1) ?? "", limit: 10 })));
    expect(seen).toEqual(all);
  });
}

const values: [string, object][] = [
  ["an empty object", {}],
  ["texts of all scripts", { text: "Zażółć gęślą jaźń, 日本語, العربية, 🚒 👩🏽‍🚒, \u0000\n\t\"'\\" }],
  ["deep nesting", { a: { b: [{ c: [[], [null, { d: true }]] }] } }],
  ["numbers", { zero: 0, negative: -1.5, large: Number.MAX_SAFE_INTEGER, small: 5e-324 }],
  ["a list", [1, "two", { three: 3 }]],
  [
    "names that mean something to JavaScript",
    JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "toString": 3}') as object,
  ],
  ["a long text", { text: "ö".repeat(100_000) }],
];

const oddKeys = [
  "a/b",
  "a\\b",
  "a#b",
  "a?b",
  "a%2Fb",
  "a b",
  " a",
  "a ",
  "'",
  '"',
  "ü",
  "日本",
  "🚒",
  "a\tb",
  "a\nb",
  ".",
  "..",
  "-",
  "null",
];

export function testValues(ledger: () => Ledger): void {
  it.each(values)("gives back %s as it was written", async (_what, value) => {
    await put(ledger(), "v", value);
    expect((await ledger().read("p", "v"))?.value).toStrictEqual(value);
    expect((await ledger().list("p", { limit: 1 }))[0]?.value).toStrictEqual(value);
  });

  it("drops members that are undefined", async () => {
    await put(ledger(), "v", { kept: null, gone: undefined, inner: { gone: undefined } });
    expect((await ledger().read("p", "v"))?.value).toStrictEqual({ kept: null, inner: {} });
  });

  it("is not changed by what happens to the value afterwards", async () => {
    const value = { n: 1 };
    await put(ledger(), "v", value);
    value.n = 2;
    expect((await ledger().read("p", "v"))?.value).toEqual({ n: 1 });
  });

  it("takes keys and partitions of any characters", async () => {
    for (const key of oddKeys) {
      await ledger().commit(`part ${key}`, [{ put: key, value: { key } }]);
      await put(ledger(), key, { key });
    }
    for (const key of oddKeys) {
      expect(await ledger().read(`part ${key}`, key)).toMatchObject({ key, value: { key } });
      expect(await ledger().read("p", key)).toMatchObject({ key, value: { key } });
    }
    expect((await keys(ledger(), { limit: 100 })).sort()).toEqual(oddKeys.toSorted());
  });
}

export function testBounds(ledger: () => Ledger): void {
  const refused: [string, string, Write[]][] = [
    [
      "more than a hundred writes",
      "p",
      Array.from({ length: 101 }, (_, at): Write => ({ put: `k${at}`, value: {} })),
    ],
    ["the same key twice", "p", [{ put: "a", value: {} }, { remove: "a" }]],
    ["an empty key", "p", [{ put: "", value: {} }]],
    ["an empty partition", "", [{ put: "a", value: {} }]],
    ["a key without an end", "p", [{ put: "a".repeat(401), value: {} }]],
    ["half a character in a key", "p", [{ put: "\ud83d", value: {} }]],
    ["a row that Azure Tables could not hold", "p", [{ put: "a", value: { text: "x".repeat(400_001) } }]],
  ];
  it.each(refused)("refuses %s, and writes nothing", async (_what, partition, writes) => {
    await expect(ledger().commit(partition, writes)).rejects.toMatchObject({ code: "LEDGER_BAD_WRITE" });
    expect(await keys(ledger(), { limit: 1 })).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses to list %d rows", async (limit) => {
    await expect(ledger().list("p", { limit })).rejects.toMatchObject({ code: "LEDGER_BAD_RANGE" });
  });
}
