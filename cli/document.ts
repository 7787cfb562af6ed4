import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readEstate } from "../adapters/settings/file";
import { answers, plans } from "../orchestrations/plans";
import { readLastRecoveries, type LastRecoveries } from "./documents/last-recoveries";
import { drillFiles } from "./documents/proof";
import { recoveryDocument } from "./documents/recovery-document";

const ROOT = resolve(__dirname, "../..");

/** `switchover document`: the disaster-recovery document of a company, as Markdown on the standard output. */
export async function printDocument(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { config: { type: "string" }, internal: { type: "boolean", default: false } },
  });
  const { env } = process;
  const { internal } = values;
  const estate = await readEstate(resolve(values.config ?? env["SWITCHOVER_CONFIG"] ?? "switchover.yaml"));
  const preface = internal
    ? "**Internal: it has addresses and names. Customers get the one without `--internal`.**"
    : "";
  const last = await ledgerNamed(env["SWITCHOVER_STATE"]);
  const drills = drillFiles(ROOT);
  process.stdout.write(recoveryDocument({ estate, plans, answers, drills, last, internal, preface }));
}

/** Only a ledger that was named: the one in the usual place may be the sandbox's, and its dates no company's. */
async function ledgerNamed(state: string | undefined): Promise<LastRecoveries | null> {
  if (state === undefined) return null;
  const file = join(resolve(state), "ledger.db");
  return existsSync(file) ? await readLastRecoveries(file) : null;
}
