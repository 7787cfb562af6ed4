import type { Caller } from "./caller";
import { DEADLINE_MS, inTime } from "./deadline";

/** A running host, as the driver sees it. */
export type Target = {
  /** Starts an incident; resolves when it is accepted. */
  start(id: string): Promise<void>;
  /** Starts an incident; resolves when it has ended, as recovered. */
  run(id: string): Promise<void>;
  /** Resolves when the third activity has asked for approval. */
  asked(id: string): Promise<void>;
  approve(id: string): Promise<void>;
  /** Runs one workflow of so many activities, one after the other. */
  chain(id: string, length: number): Promise<void>;
  /** How many instances run. */
  running(): Promise<number>;
  /** Of the host's process: milliseconds of CPU so far, and megabytes. */
  usage(): { cpuMs: number; rssMb: number };
  /** Stops gracefully. */
  close(): Promise<void>;
  /** Stops as `kill -9` does. */
  kill(): Promise<void>;
};

const root = "/runtime/webhooks/durabletask";

/** Ids that are waited for, and ids that came before anybody waited. */
export class Arrivals {
  readonly #what: string;
  readonly #ms: number;
  readonly #waiting = new Map<string, { resolve: () => void; reject: (reason: Error) => void }>();
  readonly #early = new Set<string>();
  #ended: Error | undefined;

  /** `what` an incident does when it arrives, for the error of one that doesn't: "ask for approval". */
  constructor(what: string, ms = DEADLINE_MS) {
    this.#what = what;
    this.#ms = ms;
  }

  arrived(id: string): void {
    const waiting = this.#waiting.get(id);
    if (waiting) {
      this.#waiting.delete(id);
      waiting.resolve();
    } else {
      this.#early.add(id);
    }
  }

  /** Nothing arrives any more: whoever waits, and whoever comes later, is told why. */
  end(reason: Error): void {
    this.#ended = reason;
    for (const { reject } of this.#waiting.values()) {
      reject(reason);
    }
    this.#waiting.clear();
  }

  of(id: string): Promise<void> {
    if (this.#early.delete(id)) {
      return Promise.resolve();
    }
    if (this.#ended) {
      return Promise.reject(this.#ended);
    }
    return inTime(
      `${id} did not ${this.#what}`,
      this.#ms,
      () => new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject })),
    );
  }
}

/** Rejects when instances are left after `ms`: one of them never ends. */
export async function allEnded(target: Pick<Target, "running">, ms = DEADLINE_MS): Promise<void> {
  const until = performance.now() + ms;
  for (;;) {
    const running = await target.running();
    if (running === 0) {
      return;
    }
    if (performance.now() > until) {
      throw new Error(`${running} instances still run after ${ms / 1_000} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function refuse(what: string, { status, body }: { status: number; body: string }): never {
  throw new Error(`${what} was answered ${status}: ${body}`);
}

/** Drives a host through the management API. `key` is its system key. */
export function throughManagement(
  call: Caller,
  key: string,
): Pick<Target, "start" | "run" | "approve" | "chain" | "running"> {
  const path = (rest: string, query = "") => `${root}/${rest}?code=${encodeURIComponent(key)}${query}`;
  const untilEnded = `&timeout=${DEADLINE_MS / 1_000}&pollingInterval=1`;
  return {
    async start(id) {
      const answer = await call("POST", path(`orchestrators/incident/${id}`));
      if (answer.status !== 202) {
        refuse("A start", answer);
      }
    },
    async run(id) {
      const answer = await call("POST", path(`orchestrators/incident/${id}`, untilEnded));
      if (answer.status !== 200 || !answer.body.includes("recovered")) {
        refuse("An incident", answer);
      }
    },
    async approve(id) {
      const answer = await call("POST", path(`instances/${id}/raiseEvent/approval`), { by: "bench" });
      if (answer.status !== 202) {
        refuse("An approval", answer);
      }
    },
    async chain(id, length) {
      const answer = await call("POST", path(`orchestrators/chain/${id}`, untilEnded), { length });
      if (answer.status !== 200 || answer.body !== String(length)) {
        refuse("A chain", answer);
      }
    },
    async running() {
      const answer = await call("GET", path("instances", "&runtimeStatus=Running,Pending&top=1000"));
      return (JSON.parse(answer.body) as unknown[]).length;
    },
  };
}

/** Drives a host through the app's own HTTP functions, which use the durable client. */
export function throughFunctions(
  call: Caller,
  ended: (id: string) => Promise<void>,
): Pick<Target, "start" | "run" | "approve"> {
  const post = async (path: string): Promise<void> => {
    const answer = await call("POST", `/api/${path}`);
    if (answer.status !== 202) {
      refuse(path, answer);
    }
  };
  return {
    start: (id) => post(`start/${id}`),
    async run(id) {
      const end = ended(id);
      await post(`start/${id}`);
      await end;
    },
    approve: (id) => post(`approve/${id}`),
  };
}
