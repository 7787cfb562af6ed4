/** Tells who waits for the end of an instance, as soon as that end is committed. */
export class Endings {
  readonly #waiting = new Map<number, Set<() => void>>();

  tell(ended: number[]): void {
    for (const n of ended) {
      for (const wake of this.#waiting.get(n) ?? []) {
        wake();
      }
    }
  }

  /** Resolves when instance number `n` ends, or after `milliseconds`. */
  wait(n: number, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wakes = this.#waiting.get(n) ?? new Set();
      const wake = (): void => {
        clearTimeout(timer);
        wakes.delete(wake);
        if (wakes.size === 0) {
          this.#waiting.delete(n);
        }
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      wakes.add(wake);
      this.#waiting.set(n, wakes);
    });
  }
}
