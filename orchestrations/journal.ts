import type { Level, Windows } from "../shared/estate";
import type { Fence } from "../shared/fence";
import type { IncidentState } from "../shared/incident";
import { call, doorbell, type Durable, type Rest, type Saga } from "./durable";

/** What every stage is given: the durable context, the right to act, and the windows of the estate as they were at the start. */
export type Recovery = {
  df: Durable;
  fence: Fence;
  windows: Windows;
  levels: Level[];
  rest: Rest;
  /** A key for the next sentence: unique in the incident, the same on every replay. */
  nextLine(): string;
};

/** The input of an orchestration. Windows and levels come along, so that a changed configuration changes no running recovery. */
export type RecoveryInput = {
  fence: Fence;
  windows: Windows;
  levels: Level[];
  /** Under whose name lines are written; a child writes under its own, or it would collide with its parent's. */
  writesAs?: string;
};

export function recovery(df: Durable, input: RecoveryInput): Recovery {
  let count = 0;
  const { fence, windows, levels, writesAs = fence.instance } = input;
  return {
    df,
    fence,
    windows,
    levels,
    rest: doorbell(df),
    nextLine: () => `${String(fence.epoch).padStart(3, "0")}-${writesAs}-${String(count++).padStart(4, "0")}`,
  };
}

/** Writes a sentence of the record. `false`: this orchestration owns the incident no longer, and should end. */
export function* say(on: Recovery, stage: string, says: string, state?: IncidentState): Saga<boolean> {
  const line = on.nextLine();
  const { owned } = yield* call(on.df, "record", {
    fence: on.fence,
    line,
    stage,
    says,
    ...(state === undefined ? {} : { state }),
  });
  return owned;
}

const MINUTE = 60_000;

/**
 * The pause between two rounds of a wait: the longer it lasts, the slower, because each round is replayed
 * by every later one. Always shorter than what counts as stalled; a bell wakes in between.
 */
export function slowing(pause: number, waited: number): number {
  if (waited < 2 * MINUTE) return pause;
  return Math.max(pause, waited < 10 * MINUTE ? 15_000 : 30_000);
}
