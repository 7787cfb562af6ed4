type Stoppable = { stop(): Promise<void> };

/** What was started is stopped in the opposite order, whenever the signal comes. */
export type Ending = {
  /** A part that is being started; resolves when it is, rejects when it can't be. */
  started<T extends Stoppable>(part: Promise<T>): Promise<T>;
  /** Somebody wants it to end: start nothing more. */
  begun(): boolean;
  end(code: number): void;
};

/**
 * Takes Ctrl-C from now on, so that one in the middle of the start ends as cleanly as a later one: the part
 * that is just starting is waited for, then stopped. A second one ends the process at once.
 */
export function endOnSignals(): Ending {
  const parts: Promise<Stoppable>[] = [];
  let begun = false;
  const stopAll = async () => {
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      // One that never started, or that fails to stop, keeps the others from nothing.
      await part.then((one) => one.stop()).catch(() => undefined);
    }
  };
  const end = (code: number) => {
    if (begun) return;
    begun = true;
    void stopAll().finally(() => process.exit(code));
  };
  const onSignal = () => {
    if (begun) process.exit(1);
    console.log("Stopping. Press Ctrl-C once more to stop at once.");
    end(0);
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  whenNpmEnds(() => end(0));
  return {
    started(part) {
      parts.push(part);
      return part;
    },
    begun: () => begun,
    end,
  };
}

const PARENT_EVERY_MS = 500;

/**
 * npm starts us through a shell. A signal meant for `npm start` ends npm and that shell and never comes here;
 * left alone, the ports would stay taken by something that nobody sees.
 */
function whenNpmEnds(then: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) then();
  }, PARENT_EVERY_MS).unref();
}
