import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { HostError } from "../host/host-error";
import { openDatabase } from "../host/store/database";
import { RecoveryError } from "../shared/errors";

/** What a start writes into the state folder. Nothing else in it is ours to remove. */
const OURS = [
  ...["host.db", "ledger.db"].flatMap((file) => [file, `${file}-wal`, `${file}-shm`]),
  "link-secret",
  "nagios",
  "sandbox",
  "switchover.yaml",
];

/**
 * `--fresh`: forgets everything. Refuses while another start lives on this state, whose ledger would go on as
 * a file without a name; and where the state folder holds Switchover itself, whose own folders have such names.
 */
export function beginAnew(state: string, app: string): void {
  if (!relative(state, app).startsWith("..")) {
    throw new RecoveryError(
      "STATE_NOT_OURS",
      `SWITCHOVER_STATE is ${state}, where Switchover itself is: --fresh would remove its files.`,
      "Give the state a folder of its own.",
    );
  }
  const engine = join(state, "host.db");
  if (existsSync(engine)) refuseUsed(engine);
  for (const name of OURS) rmSync(join(state, name), { recursive: true, force: true });
}

/** A damaged state may be forgotten; one that is in use may not. */
function refuseUsed(file: string): void {
  try {
    openDatabase(file).close();
  } catch (thrown) {
    if (thrown instanceof HostError && thrown.code === "state-locked") throw thrown;
  }
}
