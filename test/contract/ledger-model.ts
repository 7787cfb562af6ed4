import * as fc from "fast-check";
import type { Ledger, Write } from "../../shared/ledger/port";

/**
 * The ledger against a Map: any sequence of calls must give the same answers. Conditions are made of
 * what was really read before (`seen`), so that both outcomes of each happen often.
 */
const key = fc.constantFrom("a", "b", "a/1", "a/2", "a#", "ö", "日");
const partition = fc.constantFrom("p", "q");
const condition = fc.constantFrom("none", "absent", "current", "stale");
const write = fc.record({
  key,
  condition,
  value: fc.option(fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue()), { freq: 3 }),
});
const batch = fc.uniqueArray(write, { selector: (each) => each.key, maxLength: 5 });
const range = fc.record({
  prefix: fc.constantFrom("", "a", "a/", "z"),
  after: fc.constantFrom("", "a", "a/1", "b"),
  limit: fc.integer({ min: 1, max: 4 }),
});
const call = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("commit" as const), partition, batch }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("list" as const), partition, range }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reopen" as const) }) },
);
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
type Wanted = typeof write extends fc.Arbitrary<infer T> ? T : never;
type Rows = Map<string, { value: object; version: string }>;

/** What is known about the store: its rows, and versions that were seen of each key and are gone. */
type Model = { rows: Map<string, Rows>; stale: Map<string, string> };

export async function agreesWithModel(open: () => Promise<Ledger>, runs: number): Promise<void> {
  const calls = fc.array(call, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(calls, fc.uuid(), async (calls, store) => {
      const model: Model = { rows: new Map(), stale: new Map() };
      let ledger = await open();
      try {
        for (const each of calls) {
          if (each.do !== "reopen") await follow(ledger, model, each, store);
          else {
            await ledger.close();
            ledger = await open();
          }
        }
      } finally {
        await ledger.close();
      }
    }),
    { numRuns: runs },
  );
}

/** Partitions are prefixed with `store`, so that each run has a store of its own in one file. */
async function follow(
  ledger: Ledger,
  model: Model,
  call: Exclude<Call, { do: "reopen" }>,
  store: string,
): Promise<void> {
  const partition = `${store} ${call.partition}`;
  const rows: Rows = model.rows.get(partition) ?? new Map();
  model.rows.set(partition, rows);
  if (call.do === "list") return compareList(ledger, partition, rows, call.range);
  const writes = call.batch.map((wanted) =>
    writeOf(wanted, rows, model.stale.get(`${partition} ${wanted.key}`)),
  );
  const expected = writes.every((write) => holds(write, rows)) ? "committed" : "conflict";
  expect(await ledger.commit(partition, writes)).toBe(expected);
  for (const write of writes) {
    const key = "put" in write ? write.put : write.remove;
    const before = rows.get(key);
    const row = await ledger.read(partition, key);
    if (expected === "conflict") expect(row && { value: row.value, version: row.version }).toEqual(before);
    else {
      expect(row?.value).toStrictEqual(
        "put" in write ? (JSON.parse(JSON.stringify(write.value)) as object) : undefined,
      );
      if (before) {
        expect(row?.version).not.toBe(before.version);
        model.stale.set(`${partition} ${key}`, before.version);
      }
      if (row) rows.set(key, { value: row.value, version: row.version });
      else rows.delete(key);
    }
  }
}

function writeOf({ key, condition, value }: Wanted, rows: Rows, stale = "never"): Write {
  const current = rows.get(key)?.version ?? "never";
  if (value === null)
    return condition === "none" || condition === "absent"
      ? { remove: key }
      : { remove: key, ifVersion: condition === "stale" ? stale : current };
  if (condition === "none") return { put: key, value };
  return {
    put: key,
    value,
    ifVersion: { absent: null, current, stale }[condition],
  };
}

function holds(write: Write, rows: Rows): boolean {
  if (write.ifVersion === undefined) return true;
  return (rows.get("put" in write ? write.put : write.remove)?.version ?? null) === write.ifVersion;
}

async function compareList(
  ledger: Ledger,
  partition: string,
  rows: Rows,
  range: { prefix: string; after: string; limit: number },
): Promise<void> {
  const expected = Array.from(rows, ([key, row]) => ({ key, ...row }))
    .filter(({ key }) => key.startsWith(range.prefix) && key > range.after)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .slice(0, range.limit);
  expect(await ledger.list(partition, range)).toEqual(expected);
}
