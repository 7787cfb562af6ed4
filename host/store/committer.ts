import { HostError } from "../host-error";
import type { Database } from "./database";

/** What a transaction made runnable; told to the dispatcher only when it is committed. */
export type Changes = {
  /** An instance has a message to process now. */
  wake: Set<number>;
  /** Activities that may start. */
  activities: number[];
  /** A durable timer was set; the instant in milliseconds. */
  timers: number[];
  /** Instances that have ended. */
  ended: number[];
};

/** Called before and after each commit with the point's name, such as "turn:before". A throw simulates a crash. */
export type CommitHook = (point: string) => void;

type Job = {
  point: string;
  work: (changes: Changes) => unknown;
  changes: Changes;
  resolve(value: unknown): void;
  reject(error: unknown): void;
};

type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** What work that is still running gets to hear when it wants to write to a host that has ended. */
const crashed = (cause: unknown) => new HostError("closed", "The host has stopped.", { cause });

/**
 * The one place where anything is written. Each unit of work (a turn, an activity's result, a client's call) is one
 * transaction as far as its outcome goes; units that are ready together share one disk flush (group commit), each in
 * a savepoint of its own, and none is reported done before the flush.
 */
export class Committer {
  readonly #db: Database;
  readonly #hook: CommitHook;
  readonly #committed: (changes: Changes) => void;
  readonly #grouped: boolean;
  #queue: Job[] = [];
  #scheduled = false;
  #dead: unknown;

  constructor(
    db: Database,
    options: { grouped: boolean; hook: CommitHook; committed: (changes: Changes) => void },
  ) {
    this.#db = db;
    this.#hook = options.hook;
    this.#committed = options.committed;
    this.#grouped = options.grouped;
  }

  /** Why nothing is written any more, if so. */
  get dead(): unknown {
    return this.#dead;
  }

  /** Throws when nothing is written any more. */
  refuseIfDead(): void {
    if (this.#dead !== undefined) {
      throw crashed(this.#dead);
    }
  }

  /** From now on every write is refused: what is still running in memory can't reach the file. */
  kill(cause: unknown): void {
    this.#dead ??= cause;
    const orphans = this.#queue;
    this.#queue = [];
    for (const job of orphans) {
      job.reject(crashed(this.#dead));
    }
  }

  /** Writes in the next group. Resolves with the work's result after the flush; rejects if the work threw. */
  commit<T>(point: string, work: (changes: Changes) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job: Job = { point, work, changes: noChanges(), resolve, reject };
      if (this.#dead !== undefined) {
        reject(crashed(this.#dead));
        return;
      }
      this.#queue.push(job);
      if (!this.#grouped) {
        this.#flush();
      } else if (!this.#scheduled) {
        this.#scheduled = true;
        setImmediate(() => this.#flush());
      }
    });
  }

  /** Writes at once, together with what is queued. */
  commitNow<T>(point: string, work: (changes: Changes) => T): T {
    this.refuseIfDead();
    let outcome: Outcome = { ok: false, error: undefined };
    this.#queue.push({
      point,
      work,
      changes: noChanges(),
      resolve: (value) => {
        outcome = { ok: true, value };
      },
      reject: (error) => {
        outcome = { ok: false, error };
      },
    });
    this.#flush();
    const settled = outcome as Outcome;
    if (!settled.ok) {
      throw settled.error;
    }
    return settled.value as T;
  }

  #flush(): void {
    this.#scheduled = false;
    const jobs = this.#queue;
    this.#queue = [];
    if (jobs.length === 0) {
      return;
    }
    let outcomes: Outcome[];
    try {
      outcomes = this.#write(jobs);
    } catch (error) {
      for (const job of jobs) {
        job.reject(error);
      }
      return;
    }
    for (const [at, job] of jobs.entries()) {
      const outcome = outcomes[at];
      if (outcome?.ok) {
        this.#committed(job.changes);
        job.resolve(outcome.value);
      } else {
        job.reject(outcome?.error);
      }
    }
  }

  /** Runs every job in its savepoint and commits. Throws, with nothing written, when the commit itself fails. */
  #write(jobs: Job[]): Outcome[] {
    const outcomes: Outcome[] = [];
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      for (const job of jobs) {
        this.#callHook(`${job.point}:before`);
        outcomes.push(this.#runInSavepoint(job));
      }
      this.#db.exec("COMMIT");
    } catch (error) {
      this.#undo("ROLLBACK");
      throw error;
    }
    for (const job of jobs) {
      this.#callHook(`${job.point}:after`);
    }
    return outcomes;
  }

  #runInSavepoint(job: Job): Outcome {
    this.#db.exec("SAVEPOINT job");
    try {
      const value = job.work(job.changes);
      this.#db.exec("RELEASE job");
      return { ok: true, value };
    } catch (error) {
      if (!this.#undo("ROLLBACK TO job") || !this.#undo("RELEASE job")) {
        throw error;
      }
      return { ok: false, error };
    }
  }

  /** False when there is nothing left to undo: after some errors (a full disk) SQLite rolls everything back itself. */
  #undo(sql: string): boolean {
    try {
      this.#db.exec(sql);
      return true;
    } catch {
      return false;
    }
  }

  #callHook(point: string): void {
    try {
      this.#hook(point);
    } catch (error) {
      this.kill(error);
      throw error;
    }
  }
}

function noChanges(): Changes {
  return { wake: new Set(), activities: [], timers: [], ended: [] };
}
