import type { Effect, WriteHooks } from "./types";

/** The list of everything that was changed in the company, by whom. Only accepted writes get into it. */
export type Log = {
  effects: Effect[];
  /** Applies a change and lists it. The hooks are for what comes over the wire. */
  write(effect: Omit<Effect, "at">, apply: () => void): void;
  replace(effects: Effect[]): void;
};

export function keepLog(now: () => string, hooks: () => WriteHooks, changed: () => void): Log {
  const log: Log = {
    effects: [],
    write(effect, apply) {
      const overTheWire = effect.by !== "somebody";
      if (overTheWire) hooks().beforeWrite?.(effect.kind);
      apply();
      log.effects.push({ at: now(), ...effect });
      changed();
      if (overTheWire) hooks().afterWrite?.(effect.kind);
    },
    replace(effects) {
      log.effects = effects;
    },
  };
  return log;
}
