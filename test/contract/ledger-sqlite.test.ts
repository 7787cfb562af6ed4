import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { agreesWithModel } from "./ledger-model";
import { testLedger, type OpenLedger } from "./ledger.contract";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function store(): Promise<OpenLedger> {
  const folder = mkdtempSync(join(tmpdir(), "switchover-ledger-"));
  folders.push(folder);
  return async () => openSqliteLedger({ file: join(folder, "ledger.db"), env: {} });
}

testLedger("SQLite", store);

it("answers any sequence of calls as a Map with versions would", async () => {
  await agreesWithModel(await store(), 100);
});
