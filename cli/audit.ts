import { parseArgs } from "node:util";
import { digest } from "../adapters/digest";
import { firstBrokenLink } from "../shared/ledger/audit";
import { existingLedger, stateFolder } from "./existing-ledger";

/** `switchover audit`: reads the whole record and says whether its chain holds. Exit code 1 when it does not. */
export async function verifyAudit(args: string[]): Promise<void> {
  parseArgs({ args, options: {} });
  const ledger = existingLedger(stateFolder());
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
