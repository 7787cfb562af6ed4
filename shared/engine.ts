import type { Fence } from "./fence";

/** What detection may ask of the durable engine. Its answers are hints: the ledger is the truth. */
export type Engine = {
  /** Starts `recover` or `failBack` under the fence's instance id. Starting one that runs already is harmless. */
  start(orchestration: "recover" | "failBack", fence: Fence): Promise<void>;
  /** `ended`: completed, failed or terminated. `missing`: never started, or purged. */
  state(instance: string): Promise<"alive" | "ended" | "missing">;
  /** Wakes a waiting recovery. It may be lost: every wait has a tick of its own. */
  ring(instance: string): Promise<void>;
};
