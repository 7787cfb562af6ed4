import { join } from "node:path";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { readEstate } from "../../adapters/settings/file";
import { secretsFrom } from "../../adapters/settings/secrets";
import { createWorld } from "../../adapters/world";
import { RecoveryError } from "../../shared/errors";
import type { World } from "../../shared/world";
import { vantageName } from "./role";

let current: Promise<World> | undefined;

/**
 * The world of this process, made when first needed: nothing is read at import, because one entry
 * file that throws hides every function. A failure is not kept, so that the next call tries again.
 */
export function world(): Promise<World> {
  current ??= make().catch((thrown: unknown) => {
    current = undefined;
    throw thrown;
  });
  return current;
}

/** Puts another world in its place: a simulated one, or none so that the settings are read anew. */
export function useWorld(other: World | undefined): void {
  current = other === undefined ? undefined : Promise.resolve(other);
}

async function make(): Promise<World> {
  const { env } = process;
  const vantage = vantageName();
  if (vantage !== undefined) {
    throw new RecoveryError(
      "ONLY_A_VANTAGE",
      `This deployment is the vantage ${vantage} and has no ledger.`,
      "Take SWITCHOVER_VANTAGE out of its settings if it should recover.",
    );
  }
  const estate = await readEstate(env["SWITCHOVER_CONFIG"] ?? "switchover.yaml");
  const ledger = openSqliteLedger({ file: join(env["SWITCHOVER_STATE"] ?? ".switchover", "ledger.db") });
  return createWorld({ estate, secrets: secretsFrom(env, estate), ledger });
}
