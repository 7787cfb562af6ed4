import type { ChangeKind, ChangeOf } from "./kind";
import { machineFor, takenOut } from "./machine-of";

/** A machine's power. Its service starts with it. Nobody switches a machine off here. */
export const startMachine: ChangeKind<ChangeOf<"startMachine">> = {
  async read({ part }, world) {
    const power = await machineFor(part, world).power();
    return power === "starting" ? { underWay: `${part}'s machine is starting.` } : power;
  },

  async write({ part }, world) {
    await machineFor(part, world).start();
  },

  unsafe({ part }, seen) {
    return takenOut(part, seen);
  },

  slow: { trouble: ({ part }, world) => world.machine(part)?.trouble() },
};
