import type { Ledger } from "../../shared/ledger/port";
import { RecoveryError } from "../../shared/errors";

/** A ledger that has nothing and takes nothing: for who only looks. */
export const noLedger: Ledger = {
  read: async () => undefined,
  list: async () => [],
  commit: async () => {
    throw new RecoveryError(
      "READ_ONLY",
      "Nothing was written down: this run has no ledger.",
      "Start Switchover itself for that.",
    );
  },
  close: async () => undefined,
};
