import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { openSqliteLedger, type SqliteLedgerOptions } from "../../adapters/ledger/sqlite";
import { isAtLeast } from "../../adapters/ledger/sqlite-file";

const folder = mkdtempSync(join(tmpdir(), "switchover-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const newFile = () => join(folder, `ledger-${made++}.db`);
const open = (file: string, more: Partial<SqliteLedgerOptions> = {}) =>
  openSqliteLedger({ file, env: {}, ...more });
const another = (file: string, what: string, count: number) =>
  spawn(process.execPath, [require.resolve("./ledger-process"), file, what, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });

describe("what it is opened on", () => {
  it("makes the folder of the file, for its owner only", async () => {
    const inner = join(folder, "state");
    await open(join(inner, "ledger.db")).close();
    expect(statSync(inner).mode & 0o777).toBe(0o700);
  });

  it("is refused on Azure, whose disks do not last, and makes no file there", () => {
    const file = newFile();
    expect(() => openSqliteLedger({ file, env: { WEBSITE_INSTANCE_ID: "abc" } })).toThrow(
      /^LEDGER_NOT_DURABLE: .*WEBSITE_INSTANCE_ID/,
    );
    expect(() => statSync(file)).toThrow("ENOENT");
  });

  it("is refused in memory, where a journal can't be kept", () => {
    expect(() => open(":memory:")).toThrow(/^LEDGER_NOT_DURABLE: SQLite keeps journal_mode at memory/);
  });

  it("is refused on a file that is no database", () => {
    const file = newFile();
    writeFileSync(file, "dear diary, ".repeat(1_000));
    expect(() => open(file)).toThrow(/^LEDGER_UNAVAILABLE: .*not a database/);
  });

  it("is refused where no file can be made", () => {
    expect(() => open(folder)).toThrow(/^LEDGER_UNAVAILABLE: /);
  });

  it.each([
    ["another program's database", "CREATE TABLE notes (text TEXT)"],
    ["a ledger of a later version", "PRAGMA user_version = 2"],
  ])("is refused on %s, and changes nothing in it", (_what, sql) => {
    const file = newFile();
    const before = new DatabaseSync(file);
    before.exec(sql);
    before.close();
    expect(() => open(file)).toThrow(/^LEDGER_FOREIGN_FILE: /);
    const after = new DatabaseSync(file);
    expect(after.prepare("SELECT name FROM sqlite_schema WHERE name = 'rows'").get()).toBeUndefined();
    after.close();
  });

  it.each([
    ["3.53.4", true],
    ["3.51.3", true],
    ["4.0", true],
    ["3.51.2", false],
    ["3.9.9", false],
    ["2.99.9", false],
    ["", false],
  ])("takes SQLite %p for new enough: %p", (version, enough) => {
    expect(isAtLeast(version, [3, 51, 3])).toBe(enough);
  });
});

describe("what it does when the disk or another process stands in the way", () => {
  it("reports a lock that is not given up, writes nothing, and works again afterwards", async () => {
    const file = newFile();
    const ledger = open(file, { busyTimeoutMs: 1 });
    const other = new DatabaseSync(file);
    other.exec("BEGIN IMMEDIATE");
    await expect(ledger.commit("p", [{ put: "a", value: {} }])).rejects.toMatchObject({
      code: "LEDGER_UNAVAILABLE",
      message: expect.stringContaining("locked") as string,
    });
    expect(await ledger.read("p", "a")).toBeUndefined();
    other.exec("ROLLBACK");
    expect(await ledger.commit("p", [{ put: "a", value: {} }])).toBe("committed");
    other.close();
    await ledger.close();
  });

  it("takes back the first writes of a batch whose later write fails", async () => {
    const file = newFile();
    const ledger = open(file);
    const other = new DatabaseSync(file);
    other.exec(
      "CREATE TRIGGER t BEFORE INSERT ON rows WHEN new.key = 'b' BEGIN SELECT RAISE(FAIL, 'disk full'); END",
    );
    const batch = ["a", "b", "c"].map((key) => ({ put: key, value: {} }));
    await expect(ledger.commit("p", batch)).rejects.toMatchObject({ code: "LEDGER_UNAVAILABLE" });
    expect(await ledger.list("p", { limit: 9 })).toEqual([]);
    expect(await ledger.commit("p", [{ put: "d", value: {} }])).toBe("committed");
    other.close();
    await ledger.close();
  });
});

describe("with other processes", () => {
  it("loses no addition when two processes add at once", async () => {
    const file = newFile();
    const ledger = open(file);
    const adding = [another(file, "add", 200), another(file, "add", 200)];
    const ended = adding.map((process) => new Promise((resolve) => process.on("exit", resolve)));
    await Promise.all(
      adding.map((process) => new Promise((resolve) => process.stdout.once("data", resolve))),
    );
    await ledger.commit("p", [{ put: "go", value: {} }]);
    expect(await Promise.all(ended)).toEqual([0, 0]);
    expect((await ledger.read("p", "counter"))?.value).toEqual({ count: 400 });
    await ledger.close();
  });

  it("has every row that a process called committed before it was killed", async () => {
    const file = newFile();
    const before = open(file);
    await before.commit("p", [{ put: "go", value: {} }]);
    await before.close();
    const killed = another(file, "write", 100_000);
    let said = "";
    killed.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.split("\n").length > 50) killed.kill("SIGKILL");
    });
    await new Promise((resolve) => killed.on("close", resolve));
    const ledger = open(file);
    const kept = new Set((await ledger.list("p", { prefix: "row/", limit: 100_000 })).map((row) => row.key));
    // The last line may have been cut by the kill.
    const promised = said.split("\n").slice(1, -1);
    expect(promised.length).toBeGreaterThanOrEqual(49);
    expect(promised.filter((number) => !kept.has(`row/${number}`))).toEqual([]);
    await ledger.close();
  });
});
