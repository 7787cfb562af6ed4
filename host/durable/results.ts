import type { ActivityRow } from "../store/activity-rows";
import type { HistoryEvent } from "./history";

/** An activity's outcome on its way into a turn. Its row stays until that turn is committed: a crash runs it again. */
export type Result = {
  activity: ActivityRow;
  event: HistoryEvent;
  /** When it came, in milliseconds. */
  at: number;
  /** "taken": committed with the turn. "left": whoever brought it must commit it. */
  settle(how: "taken" | "left"): void;
};

export const idsOf = (results: Result[]): number[] => results.map(({ activity }) => activity.id);

/**
 * Outcomes that are taken into a turn straight away, so that both share one transaction: a result that is committed
 * by itself costs a flush of its own, and a row that is written only to be deleted. Nothing is heard of a result
 * before it is committed either way.
 */
export class Results {
  readonly #waiting = new Map<number, Result[]>();
  #ask: (n: number) => boolean = () => false;

  /** `ask` wants a turn for an instance, and says whether there will be one soon. */
  takenBy(ask: (n: number) => boolean): void {
    this.#ask = ask;
  }

  /** Resolves when the result's turn has ended, one way or the other. */
  bring(activity: ActivityRow, event: HistoryEvent, at: number): Promise<"taken" | "left"> {
    return new Promise((settle) => {
      if (!this.#ask(activity.n)) {
        settle("left");
        return;
      }
      const result = { activity, event, at, settle };
      const waiting = this.#waiting.get(activity.n);
      if (waiting) {
        waiting.push(result);
      } else {
        this.#waiting.set(activity.n, [result]);
      }
    });
  }

  /** What has come for an instance; whoever takes it settles it. */
  take(n: number): Result[] {
    const waiting = this.#waiting.get(n) ?? [];
    this.#waiting.delete(n);
    return waiting;
  }

  /** There will be no more turns. */
  close(): void {
    this.#ask = () => false;
    for (const n of this.#waiting.keys()) {
      for (const result of this.take(n)) {
        result.settle("left");
      }
    }
  }
}
