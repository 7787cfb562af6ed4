/**
 * The right to act for one incident: it holds while the ledger's lease names this incident and this
 * epoch. Every activity gets it and checks it against the ledger before it writes, so a stale
 * orchestration (its successor has the next epoch) is refused wherever it wakes up.
 */
export type Fence = { incident: string; epoch: number; instance: string };
