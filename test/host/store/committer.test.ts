import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Changes, Committer } from "../../../host/store/committer";
import { type Database, openDatabase } from "../../../host/store/database";

const directory = mkdtempSync(join(tmpdir(), "committer-"));
let db: Database;
let number = 0;
let points: string[];
let committed: Changes[];

beforeEach(() => {
  db = openDatabase(join(directory, `${(number += 1)}.db`));
  points = [];
  committed = [];
});
afterEach(() => db.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const committer = (hook: (point: string) => void = () => {}) =>
  new Committer(db, {
    grouped: true,
    hook(point) {
      points.push(point);
      hook(point);
    },
    committed: (changes) => committed.push(changes),
  });

const insert = (name: string) => db.run("INSERT INTO keys VALUES ('test', ?, 'x')", name);
const stored = () => db.all("SELECT name FROM keys ORDER BY name").map((row) => row["name"]);

test("writes what is ready together in one transaction, and reports it after the flush", async () => {
  const writes = committer();
  const order: string[] = [];
  const all = ["a", "b", "c"].map((name) =>
    writes
      .commit(name, (changes) => {
        changes.activities.push(committed.length);
        insert(name);
        return name;
      })
      .then((value) => order.push(value)),
  );
  expect(stored()).toEqual([]);
  await Promise.all(all);
  expect(order).toEqual(["a", "b", "c"]);
  expect(stored()).toEqual(["a", "b", "c"]);
  expect(points).toEqual(["a:before", "b:before", "c:before", "a:after", "b:after", "c:after"]);
  expect(committed).toHaveLength(3);
});

test("undoes a unit that throws, and keeps the others of its group", async () => {
  const writes = committer();
  const good = writes.commit("good", () => insert("good"));
  const bad = writes.commit("bad", () => {
    insert("bad");
    throw new Error("no");
  });
  await good;
  await expect(bad).rejects.toThrow("no");
  expect(stored()).toEqual(["good"]);
  expect(committed).toHaveLength(1);
});

test("undoes everything when the hook throws before, and refuses all that comes later", async () => {
  const writes = committer((point) => {
    if (point === "b:before") {
      throw new Error("crash");
    }
  });
  const first = writes.commit("a", () => insert("a"));
  const second = writes.commit("b", () => insert("b"));
  await expect(first).rejects.toThrow("crash");
  await expect(second).rejects.toThrow("crash");
  await expect(writes.commit("c", () => insert("c"))).rejects.toThrow("The host has stopped.");
  expect(() => writes.commitNow("d", () => insert("d"))).toThrow("The host has stopped.");
  expect(stored()).toEqual([]);
  expect(committed).toEqual([]);
});

test("keeps what is written when the hook throws after", async () => {
  const writes = committer((point) => {
    if (point === "a:after") {
      throw new Error("crash");
    }
  });
  await expect(writes.commit("a", () => insert("a"))).rejects.toThrow("crash");
  expect(stored()).toEqual(["a"]);
  expect(committed).toEqual([]);
});

test("rejects a group that the disk has no room for, and writes again when there is", async () => {
  const writes = committer();
  const { page_count: pages } = db.get("PRAGMA page_count") ?? {};
  db.exec(`PRAGMA max_page_count = ${pages}`);
  const big = () => db.run("INSERT INTO keys VALUES ('test', 'big', ?)", "x".repeat(100_000));
  await expect(writes.commit("big", big)).rejects.toThrow("full");
  expect(stored()).toEqual([]);
  db.exec("PRAGMA max_page_count = 100000");
  await writes.commit("big", big);
  expect(stored()).toEqual(["big"]);
});

test("refuses what is queued when it is killed", async () => {
  const writes = committer();
  const queued = writes.commit("a", () => insert("a"));
  writes.kill(new Error("gone"));
  await expect(queued).rejects.toThrow("The host has stopped.");
  expect(stored()).toEqual([]);
});

test("writes at once where it must, together with what is queued", async () => {
  const writes = committer();
  const queued = writes.commit("a", () => insert("a"));
  expect(writes.commitNow("b", () => insert("b"))).toBe(1);
  expect(stored()).toEqual(["a", "b"]);
  await queued;
  expect(() =>
    writes.commitNow("c", () => {
      throw new Error("no");
    }),
  ).toThrow("no");
});
