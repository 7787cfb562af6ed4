import { Divergence, divergenceText, kindOf, sameAction } from "./divergence";
import { Future } from "./future";
import type { HistoryEvent } from "./history";
import type { Scheduled } from "./scheduled";

type Unnumbered = Scheduled extends infer One ? (One extends Scheduled ? Omit<One, "id"> : never) : never;

/** The numbers, open tasks and waits of one execution while its history is walked through. */
export class ReplayState {
  readonly history: HistoryEvent[];
  /** The latest OrchestratorStarted, whose texts sort as their instants do, and what it was last read as. */
  #latest = "";
  #read = { text: "", milliseconds: 0 };
  nextId = 0;
  continued: { input: unknown } | undefined;
  /** Everything started in this replay, for the text of a divergence. */
  readonly started: Scheduled[] = [];
  #pending = new Map<number, Scheduled>();
  #aside: Map<number, Scheduled> | undefined;
  readonly #open = new Map<number, Future>();
  readonly #waiters = new Map<string, Future[]>();
  readonly #buffered = new Map<string, number>();

  constructor(history: HistoryEvent[]) {
    this.history = history;
  }

  /** Milliseconds. Read only when wanted: a long replay passes many instants and wants few. */
  get clock(): number {
    if (this.#read.text !== this.#latest) {
      this.#read = { text: this.#latest, milliseconds: Date.parse(this.#latest) };
    }
    return this.#read.milliseconds;
  }

  /** The time moves on, and never back. */
  passes(timestamp: string): void {
    if (timestamp > this.#latest) {
      this.#latest = timestamp;
    }
  }

  /** Gives an action its number. The future settles when its result is found in the history. */
  schedule(action: Unnumbered, options: { awaited: boolean }): Future {
    const id = this.nextId;
    this.nextId += 1;
    const numbered: Scheduled = { ...action, id };
    this.started.push(numbered);
    this.#pending.set(id, numbered);
    const future = new Future();
    if (options.awaited) {
      this.#open.set(id, future);
    }
    return future;
  }

  /** The history says that this was sent out. Throws a Divergence when this replay did something else. */
  confirm(event: HistoryEvent): void {
    const kind = kindOf(event);
    if (!kind) {
      return;
    }
    const action = this.#pending.get(event.EventId);
    if (!action || !sameAction(event, kind, action)) {
      throw new Divergence(divergenceText(event, action, this.history, this.started));
    }
    this.#pending.delete(event.EventId);
  }

  /** Settles an open task; false for a number that is not open: a duplicate, or a cancelled timer. */
  complete(id: number, failed: boolean): boolean {
    const future = this.#open.get(id);
    this.#open.delete(id);
    future?.settle(failed);
    return future !== undefined;
  }

  waitForEvent(name: string): Future {
    const key = name.toLowerCase();
    const buffered = this.#buffered.get(key) ?? 0;
    if (buffered > 0) {
      this.#buffered.set(key, buffered - 1);
      return Future.settled();
    }
    const future = new Future();
    this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), future]);
    return future;
  }

  /** The newest wait of the name gets the event; without one it is kept. */
  raise(name: string): void {
    const key = name.toLowerCase();
    const waiter = this.#waiters.get(key)?.pop();
    if (waiter) {
      waiter.settle(false);
    } else {
      this.#buffered.set(key, (this.#buffered.get(key) ?? 0) + 1);
    }
  }

  get hasOpenTasks(): boolean {
    return this.#open.size > 0;
  }

  /** Nothing is sent out while suspended; what was about to be is kept for the resume. */
  setAside(): void {
    this.#aside = this.#pending;
    this.#pending = new Map();
  }

  restore(): void {
    this.#pending = this.#aside ?? this.#pending;
    this.#aside = undefined;
  }

  /** What the history does not have yet, in the order of numbers. */
  newWork(): Scheduled[] {
    return [...this.#pending.values()].sort((a, b) => a.id - b.id);
  }
}
