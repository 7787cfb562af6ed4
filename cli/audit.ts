import { join, resolve } from "node:path";
import { digest } from "../adapters/digest";
import { openSqliteLedger } from "../adapters/ledger/sqlite";
import { firstBrokenLink } from "../shared/ledger/audit";

/** `switchover audit`: reads the whole record and says whether its chain holds. Exit code 1 when it does not. */
export async function verifyAudit(): Promise<void> {
  const state = resolve(process.env["SWITCHOVER_STATE"] ?? ".switchover");
  const ledger = openSqliteLedger({ file: join(state, "ledger.db") });
  try {
    const broken = await firstBrokenLink({ ledger, digest });
    if (broken === undefined) return console.log("The audit's chain holds from its first entry to its last.");
    console.error(
      `The audit's chain is broken at entry ${broken}: it was changed, removed or cut off there.`,
    );
    process.exitCode = 1;
  } finally {
    await ledger.close();
  }
}
