/**
 * A result to come whose continuations run synchronously, in the order they were added, the moment it settles.
 * Native promises would run them later and interleaved, and the numbers of later actions would shift.
 */
export class Future {
  #settled = false;
  #failed = false;
  #continuations: (() => void)[] = [];

  get settled(): boolean {
    return this.#settled;
  }

  get failed(): boolean {
    return this.#failed;
  }

  settle(failed: boolean): void {
    if (this.#settled) {
      return;
    }
    this.#settled = true;
    this.#failed = failed;
    const continuations = this.#continuations;
    this.#continuations = [];
    for (const continuation of continuations) {
      continuation();
    }
  }

  whenSettled(continuation: () => void): void {
    if (this.#settled) {
      continuation();
    } else {
      this.#continuations.push(continuation);
    }
  }

  static settled(): Future {
    const future = new Future();
    future.settle(false);
    return future;
  }
}
