/**
 * What happens to a process on its way, at each of its points: right before and after each commit of the ledger and
 * each write that reaches the company.
 */
export type Fate = {
  /** Throws when the process dies here, and ever after, until it is started again. */
  at(): void;
  /** Awaited between two commits: what else happens while the process stands still. */
  meanwhile(): Promise<void>;
  passed(): number;
  startAgain(): void;
};

/** `victim`: the number of the point at which it dies; -1 for one that lives. */
export function dyingAt(victim: number): Fate {
  let passed = 0;
  let dead = false;
  return {
    at() {
      if (dead) throw new Error("this process is dead");
      dead = passed === victim;
      passed += 1;
      if (dead) throw new Error("node exited with code 137");
    },
    meanwhile: async () => undefined,
    passed: () => passed,
    startAgain() {
      dead = false;
    },
  };
}

/** Stands still at one point, once, while another one runs to its end. */
export function overtakenAt(point: number, other: () => Promise<void>): Fate {
  const living = dyingAt(-1);
  let overtaken = false;
  return {
    ...living,
    async meanwhile() {
      if (overtaken || living.passed() <= point) return;
      overtaken = true;
      await other();
    },
  };
}
