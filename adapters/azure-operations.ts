import { textOf } from "../shared/errors";
import { between, type Instant } from "../shared/time";
import { plainText } from "./plain-text";

/** What is begun and takes longer than a call. */
export type What = "start" | "restart" | "status" | "start-service";

/** As much of the SDK's poller as is used. It is a promise too: awaiting it would wait for the end. */
export type Begun = {
  readonly isDone: boolean;
  readonly operationState: { result?: unknown } | undefined;
  submitted(): Promise<void>;
  poll(): Promise<unknown>;
};

/** How long an answer of the machine counts as what is so now. */
const FRESH_MS = 30_000;
/** Longer than Azure keeps a Run Command's script waiting for a machine that is silent. */
const FORGOTTEN_MS = 10 * 60_000;

/**
 * What was begun on one machine, in this process only. Nothing depends on it: a process that knows nothing of
 * another's operation is told 409 until that is over, and then asks the machine itself.
 */
export function operations(now: () => Instant) {
  let running: { what: What; poller: Begun; at: Instant } | undefined;
  let done: { messages: string[]; at: Instant } | undefined;
  let failed: string | undefined;
  let failedCommand: string | undefined;

  function finish(what: What, poller: Begun): void {
    running = undefined;
    failed = undefined;
    if (what === "status" || what === "start-service")
      done = { messages: messagesIn(poller.operationState?.result), at: now() };
  }

  function fail(what: What, thrown: unknown): void {
    running = undefined;
    failed = plainText(textOf(thrown, 200), 200);
    failedCommand = what === "status" || what === "start-service" ? failed : undefined;
  }

  return {
    async begin(what: What, poller: Begun): Promise<void> {
      await poller.submitted();
      [done, failed, failedCommand] = [undefined, undefined, undefined];
      running = { what, poller, at: now() };
      if (poller.isDone) finish(what, poller);
    },
    /** Asks once how the running operation stands. Throws when Azure does not say. */
    async settle(): Promise<void> {
      if (running === undefined) return;
      const { what, poller, at } = running;
      try {
        await poller.poll();
      } catch (thrown) {
        if (isEnd(thrown)) return fail(what, thrown);
        if (between(at, now()) < FORGOTTEN_MS) throw thrown;
        return fail(what, thrown);
      }
      if (poller.isDone) finish(what, poller);
    },
    running: (): What | undefined => running?.what,
    /** What the last script printed, unless it is old. */
    fresh: (): string[] | undefined =>
      done !== undefined && between(done.at, now()) <= FRESH_MS ? done.messages : undefined,
    /** Why the last operation failed. */
    trouble: (): string | undefined => failed,
    /** The failure of a script, once: the next question is asked anew. */
    takeFailed(): string | undefined {
      const taken = failedCommand;
      failedCommand = undefined;
      return taken;
    },
  };
}

/** A failed operation is a plain error of the SDK's, without a status; 404 is one that Azure has forgotten. */
function isEnd(thrown: unknown): boolean {
  if (typeof thrown !== "object" || thrown === null) return false;
  if ("statusCode" in thrown) return thrown.statusCode === 404;
  return thrown instanceof Error && /long-running operation|was canceled/i.test(thrown.message);
}

function messagesIn(result: unknown): string[] {
  if (typeof result !== "object" || result === null || !("value" in result)) return [];
  const value: unknown[] = Array.isArray(result.value) ? result.value : [];
  return value.flatMap((one) =>
    typeof one === "object" && one !== null && "message" in one && typeof one.message === "string"
      ? [one.message]
      : [],
  );
}
