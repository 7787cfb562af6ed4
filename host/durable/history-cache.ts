import type { Instance } from "../store/instances";
import type { HistoryEvent } from "./history";
import { type SeenEvent, seen } from "./seen-event";

/** Events kept in all: some 50 MB of parsed history. */
const mostEvents = 100_000;

type Kept = {
  instance: Instance;
  events: HistoryEvent[];
  /** The first of the events as the library gets them: as many as have been asked for. */
  views: SeenEvent[];
};

/**
 * Running instances as their last turn left them, with their parsed histories, so that the next turn needn't read
 * and parse what that one wrote. Bounded.
 */
export class HistoryCache {
  readonly #histories = new Map<number, Kept>();
  #events = 0;

  /** `execution` is what the state file says now: another start may have taken the number over. */
  get(n: number, execution: string): { instance: Instance; events: HistoryEvent[] } | undefined {
    const found = this.#histories.get(n);
    return found?.instance.execution === execution ? found : undefined;
  }

  /** The events as the library gets them, made once each as long as the history only grows. */
  views(n: number, events: HistoryEvent[]): SeenEvent[] {
    const found = this.#histories.get(n);
    const views = found?.events === events ? found.views : [];
    for (const event of events.slice(views.length)) {
      views.push(seen(event, event.IsPlayed));
    }
    return views;
  }

  /** The events must not be changed afterwards. */
  set(instance: Instance, events: HistoryEvent[]): void {
    const { n, execution } = instance;
    const before = this.#histories.get(n);
    const grown = before?.instance.execution === execution && isBeginning(before.events, events);
    this.delete(n);
    this.#histories.set(n, { instance, events, views: grown ? before.views : [] });
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

/** An appended history has the very objects of the one before; one that was written anew has not. */
const isBeginning = (before: HistoryEvent[], events: HistoryEvent[]): boolean =>
  before.length > 0 && before.at(-1) === events[before.length - 1];
