import type { HistoryEvent } from "./history";

/** Events kept in all: some 50 MB of parsed history. */
const mostEvents = 100_000;

/** The parsed histories of running instances, so that a turn needn't read and parse what the last one wrote. Bounded. */
export class HistoryCache {
  readonly #histories = new Map<number, { execution: string; events: HistoryEvent[] }>();
  #events = 0;

  get(n: number, execution: string): HistoryEvent[] | undefined {
    const found = this.#histories.get(n);
    return found?.execution === execution ? found.events : undefined;
  }

  /** The events must not be changed afterwards. */
  set(n: number, execution: string, events: HistoryEvent[]): void {
    this.delete(n);
    this.#histories.set(n, { execution, events });
    this.#events += events.length;
    for (const [oldest] of this.#histories) {
      if (this.#events <= mostEvents) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(n: number): void {
    this.#events -= this.#histories.get(n)?.events.length ?? 0;
    this.#histories.delete(n);
  }
}
