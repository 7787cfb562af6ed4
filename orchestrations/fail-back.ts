import type { OrchestrationContext } from "durable-functions";
import { longestRest } from "../shared/stalled";
import { between, plus } from "../shared/time";
import { call, now, type Saga } from "./durable";
import { goHome } from "./go-home";
import { recovery, type RecoveryInput } from "./journal";

/** Rounds of one orchestration; then it ends, and the sweep starts the next. A history must not grow for days (F-27). */
const ROUNDS = 200;
const QUICK_ROUNDS = 40;

export type HomeEnding = { kind: "home" | "gone" | "stale" | "left" | "next" };

/**
 * Owns what a recovery took out of service, until it is back: waits until the part has been well for a
 * while, asks where going home needs that, puts it back and looks whether customers like it.
 */
export function* failBack(context: OrchestrationContext): Saga<HomeEnding> {
  const on = recovery(context.df, context.df.getInput<RecoveryInput>());
  let wellSince: string | undefined;
  let told = false;
  let askAgainFrom = "";
  for (let round = 0; round < ROUNDS; round++) {
    const seen = yield* call(on.df, "lookAtPart", { fence: on.fence });
    if (seen.kind === "stale") return { kind: "stale" };
    if (seen.kind === "gone") {
      yield* call(on.df, "releaseHome", { fence: on.fence, closed: seen.says, line: on.nextLine() });
      return { kind: "gone" };
    }
    if (seen.kind === "unwell") wellSince = undefined;
    if (seen.kind === "well") {
      wellSince ??= now(on.df);
      if (!told)
        yield* call(on.df, "noteHome", {
          fence: on.fence,
          line: on.nextLine(),
          says: `${seen.says} Waiting until it has been so for a while.`,
        });
      told = true;
    }
    // Put back by us, and nobody watched since: whoever did it was lost in the probation.
    const unwatched = seen.kind === "back";
    const due = wellSince !== undefined && between(wellSince, now(on.df)) >= on.windows.wellFor;
    if (unwatched || (due && now(on.df) >= askAgainFrom)) {
      const went = yield* goHome(on);
      if (went === "home" || went === "stale" || went === "left") return { kind: went };
      // Asked and not granted: people know, and are left alone for a while.
      if (went === "declined") askAgainFrom = plus(now(on.df), on.windows.escalate);
      wellSince = undefined;
    }
    const { wellEvery, stalled } = on.windows;
    // A slow round is still shorter than what counts as stalled.
    yield* on.rest(round < QUICK_ROUNDS ? wellEvery : Math.min(longestRest(stalled), wellEvery * 4));
  }
  return { kind: "next" };
}
