import { isRefusal, type Refusal } from "../shared/errors";
import type { Run } from "../shared/ledger/record";
import type { Warrant } from "../shared/ledger/warrant";
import { call, type Saga } from "./durable";
import type { Recovery } from "./journal";

/** A pinned plan that is being carried out, and by what right. */
export type Running = { run: Run; hash: string; warrant: Warrant };

/**
 * Undoes these steps, last first, and says each. A step that would lead customers to something sick
 * refuses: it and those before it are left, because going back and forth is worse.
 */
export function* undoSteps(
  on: Recovery,
  { run, hash, warrant }: Running,
  steps: string[],
  note: (says: string) => Saga<unknown>,
): Saga<Refusal | undefined> {
  const { df, fence } = on;
  for (const step of steps.toReversed()) {
    const undone = yield* call(df, "applyStep", { fence, run, hash, step, warrant, direction: "undo" });
    if (isRefusal(undone)) {
      yield* note(`Step ${step} stays as it is: ${undone.says}`);
      return undone;
    }
    yield* note(`Undone. ${undone.says}`);
  }
  return undefined;
}
