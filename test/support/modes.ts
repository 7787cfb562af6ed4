import type { Unit } from "../../host/dispatcher";

/** Every recovery is run in each: straight, with the host killed and started again after every turn and tick, and on Azure at its worst. */
export const modes = ["straight", "restarted after every turn", "hostile"] as const;
export type Mode = (typeof modes)[number];

/** What a drill saw of its host, whatever its mode says. */
export type Lived = {
  units: Record<Unit, number>;
  /** How often another host took over the state file. */
  restarts: number;
  /** What the hostile host says it has done, a line each. */
  deeds: number;
};

/**
 * From so many units on a hostile host has done something, but for once in a thousand drills: each turn has one
 * chance in twenty, each activity one in eight, each tick one in eleven, each durable timer one in two.
 */
const LONG_ENOUGH = 40;

/** After these the mode "restarted after every turn" restarts. A tick may be all that a drill has. */
export function isRestartedAfter(unit: Unit): boolean {
  return unit === "turn" || unit === "timer-trigger";
}

/** Says what a drill did not live through although it is of its mode; undefined when all is well. A mode that does nothing proves nothing. */
export function missedBy(mode: Mode, { units, restarts, deeds }: Lived): string | undefined {
  const all = units.turn + units.activity + units["timer-trigger"];
  if (mode !== "straight" && all === 0) return "the host ran nothing";
  switch (mode) {
    case "straight":
      return deeds === 0 ? undefined : `a straight host did ${deeds} hostile things`;
    case "restarted after every turn": {
      const wanted = units.turn + units["timer-trigger"];
      return restarts >= wanted && wanted > 0
        ? undefined
        : `${restarts} restarts after ${wanted} turns and ticks`;
    }
    case "hostile":
      return deeds > 0 || all < LONG_ENOUGH ? undefined : `nothing hostile happened in ${all} units`;
  }
}
