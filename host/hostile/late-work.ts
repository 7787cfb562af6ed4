/** Work that comes back later than it should. In memory only: after a restart what is in the state file runs at once. */
export class LateWork {
  #jobs: { due: number; run: () => Promise<void> }[] = [];

  add(due: number, run: () => Promise<void>): void {
    this.#jobs.push({ due, run });
  }

  /** Takes the job that is due longest. */
  take(now: number): (() => Promise<void>) | undefined {
    const [first] = this.#jobs.filter(({ due }) => due <= now).sort((a, b) => a.due - b.due);
    this.#jobs = this.#jobs.filter((job) => job !== first);
    return first?.run;
  }

  nextDue(): number | undefined {
    return this.#jobs.length === 0 ? undefined : Math.min(...this.#jobs.map(({ due }) => due));
  }
}
