import type { Caller } from "./caller";

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
  readonly #waiting = new Map<string, () => void>();
  readonly #early = new Set<string>();

  arrived(id: string): void {
    const resolve = this.#waiting.get(id);
    if (resolve) {
      this.#waiting.delete(id);
      resolve();
    } else {
      this.#early.add(id);
    }
  }

  of(id: string): Promise<void> {
    if (this.#early.delete(id)) {
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.set(id, resolve));
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
  const untilEnded = "&timeout=600&pollingInterval=1";
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
