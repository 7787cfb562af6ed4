import type { ChangeKind, ChangeOf } from "./kind";
import { machineFor, takenOut } from "./machine-of";

/** A service on a machine that runs. A machine that is off has no service to speak of: the plan is for another world then. */
export const startService: ChangeKind<ChangeOf<"startService">> = {
  async read({ part }, world) {
    const machine = machineFor(part, world);
    if ((await machine.power()) !== "running") return undefined;
    return await machine.service();
  },

  async write({ part }, world) {
    await machineFor(part, world).startService();
  },

  unsafe({ part }, seen) {
    return takenOut(part, seen);
  },

  slow: { trouble: ({ part }, world) => world.machine(part)?.trouble() },
};
