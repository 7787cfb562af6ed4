import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Database, openDatabase } from "../../../host/store/database";
import { readHistory } from "../../../host/store/history-rows";
import { findInstance } from "../../../host/store/instances";
import { refuseOldSqlite, refuseWeakSettings } from "../../../host/store/settings-check";
import { disposeRigs, rig } from "../harness";

const directory = mkdtempSync(join(tmpdir(), "state-file-"));
const open: Database[] = [];

afterEach(() => {
  disposeRigs();
  for (const db of open.splice(0)) {
    db.close();
  }
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let number = 0;
const newFile = () => join(directory, `${(number += 1)}.db`);

function opened(file: string, options?: { verify?: boolean }): Database {
  const db = openDatabase(file, options);
  open.push(db);
  return db;
}

const child = (file: string) => {
  const script = `const { DatabaseSync } = require("node:sqlite");
    try { new DatabaseSync(${JSON.stringify(file)}).prepare("SELECT * FROM instances").all(); console.log("read"); }
    catch (error) { console.log(error.message); }`;
  return spawnSync(process.execPath, ["-e", script], { encoding: "utf8" }).stdout.trim();
};

test("keeps every promise of its settings", () => {
  const db = opened(newFile());
  const read = (name: string) => Object.values(db.get(`PRAGMA ${name}`) ?? {})[0];
  expect(["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "locking_mode"].map(read)).toEqual(
    ["wal", 2, 1, 0, "exclusive"],
  );
});

test("is readable for its owner only, with its log: it holds keys", () => {
  const file = newFile();
  opened(file);
  for (const name of [file, `${file}-wal`]) {
    expect(statSync(name).mode & 0o077).toBe(0);
  }
});

test.each([
  ["synchronous", 1],
  ["journal_mode", "delete"],
  ["foreign_keys", 0],
  ["trusted_schema", 1],
  ["locking_mode", "normal"],
])("refuses to run when %s reads back as %s", (weak, value) => {
  const good: Record<string, string | number> = {
    journal_mode: "wal",
    synchronous: 2,
    foreign_keys: 1,
    trusted_schema: 0,
    locking_mode: "exclusive",
  };
  expect(() => refuseWeakSettings("host.db", (name) => good[name])).not.toThrow();
  const read = (name: string) => (name === weak ? value : good[name]);
  expect(() => refuseWeakSettings("host.db", read)).toThrow(`SQLite's ${weak} is ${value} and must be`);
});

test.each([
  ["3.51.2", false],
  ["3.51.3", true],
  ["3.53.0", true],
  ["4.0.0", true],
  ["3.9.99", false],
])("SQLite %s is new enough: %s", (version, enough) => {
  const refuse = () => refuseOldSqlite(version);
  if (enough) {
    expect(refuse).not.toThrow();
  } else {
    expect(refuse).toThrow("is too old to hold the state");
  }
});

test("is refused to a second host in the same process, and free again after close or abandon", async () => {
  const here = await rig();
  await expect(rig({ stateFile: here.stateFile })).rejects.toMatchObject({
    code: "state-locked",
    message: expect.stringContaining("is in use by another host") as string,
  });
  expect(child(here.stateFile)).toBe("database is locked");
  here.host.abandon();
  await here.reopen();
  await here.host.close();
  await here.reopen();
});

test("is closed to another process while it is open", () => {
  const file = newFile();
  const db = openDatabase(file);
  expect(child(file)).toBe("database is locked");
  db.close();
  expect(child(file)).toBe("read");
});

test("names the process that holds it", () => {
  const file = newFile();
  openDatabase(file).close();
  const script = `const { DatabaseSync } = require("node:sqlite");
    const db = new DatabaseSync(${JSON.stringify(file)});
    db.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    process.stdout.write("held");
    process.stdin.resume();`;
  const holder = spawn(process.execPath, ["-e", script]);
  return new Promise<void>((resolve, reject) => {
    holder.stdout.once("data", () => {
      try {
        expect(() => openDatabase(file)).toThrow(
          process.platform === "linux" ? `(process ${holder.pid})` : "is in use by another host",
        );
        resolve();
      } catch (error) {
        reject(error);
      }
    });
  }).finally(() => holder.kill("SIGKILL"));
});

test("is refused when it is no database", () => {
  const file = newFile();
  writeFileSync(
    file,
    "not a database, but long enough to be looked at by SQLite as if it were one. ".repeat(30),
  );
  expect(() => openDatabase(file)).toThrow("is damaged");
});

test("is refused when it is another program's database", () => {
  const file = newFile();
  const db = new DatabaseSync(file);
  db.exec("CREATE TABLE mine (a)");
  db.close();
  expect(() => openDatabase(file)).toThrow("is another program's database");
});

test("is refused when it has the format of another version", () => {
  const file = newFile();
  const db = openDatabase(file);
  db.exec("PRAGMA user_version = 99");
  db.close();
  expect(() => openDatabase(file)).toThrow("has format 99 and this host knows 2");
});

test("is brought up to date when the version before ours wrote it", () => {
  const file = newFile();
  openDatabase(file).close();
  const old = new DatabaseSync(file);
  old.exec(`PRAGMA user_version = 1; ALTER TABLE instances DROP COLUMN asked; DROP TABLE history;
    CREATE TABLE history (n INTEGER NOT NULL, seq INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (n, seq))
      STRICT, WITHOUT ROWID;
    INSERT INTO instances (n, id, execution, name, status, created, updated) VALUES (1, 'i', 'e', 'f', 'Running', 1, 1);
    INSERT INTO history VALUES (1, 0, '{"EventType":12}'), (1, 1, '{"EventType":0}')`);
  old.close();
  const again = openDatabase(file);
  expect(readHistory(again, 1)).toMatchObject([{ EventType: 12 }, { EventType: 0 }]);
  expect(findInstance(again, "i")).toMatchObject({ n: 1, asked: null });
  again.close();
});

test("is refused when a page in its middle is damaged", () => {
  const file = newFile();
  const db = openDatabase(file);
  db.exec("BEGIN");
  for (let n = 1; n <= 300; n += 1) {
    db.run("INSERT INTO timer_triggers VALUES (?, ?, NULL, 1, 1)", `timer ${n}`, "x".repeat(200));
  }
  db.exec("COMMIT");
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xff, bytes.length - 8192, bytes.length - 4096);
  writeFileSync(file, bytes);
  expect(() => openDatabase(file, { verify: true })).toThrow("is damaged");
});

test("is refused where it can't be made", () => {
  const file = newFile();
  writeFileSync(file, "");
  expect(() => openDatabase(join(file, "host.db"))).toThrow(/can't be (opened|written)/);
});

test("is refused on a file system that is read-only", () => {
  expect(() => openDatabase("/proc/host.db")).toThrow(/can't be (opened|written)/);
});
