import type { Finding } from "../shared/finding";
import type { Run } from "../shared/ledger/record";
import { between } from "../shared/time";
import { call, now, type Saga } from "./durable";
import { say, slowing, type Recovery } from "./journal";

/** `remembered`: customers are not served yet, and for longer than we wait here resolvers may give the old address. */
export type Verified = "cured" | "not-cured" | "remembered";

/** `repairs`: as long as that is still found, it did not help, however well customers are served. */
export type ToVerify = { run: Run; repairs?: { finding: Finding; target: string } };

/** A platform that was late may leave no time for looks: the window alone never fails a switch. */
const LOOKS_AT_LEAST = 3;
/** A TTL may be a day; a recovery that waits so long for the caches of others is a person's affair. */
const LONGEST_CACHE_MS = 3_600_000;

/**
 * Until customers are served twice in a row, as those see it who raised the alarm; or the window is over and they are
 * not. Where the address that resolvers give has changed, the window is longer by the old one's TTL: until then nobody
 * can tell whether the switch cures, and it isn't called cured while a resolver of theirs still leads customers astray.
 */
export function* verify(on: Recovery, { run, repairs }: ToVerify): Saga<Verified> {
  const { df, fence, windows } = on;
  yield* say(on, "verify", "Looking from every vantage whether customers are served.", "verifying");
  const begun = now(df);
  let inARow = 0;
  let told = false;
  for (let looks = 1; ; looks++) {
    const { served: all, says, cachedMs, behind } = yield* call(df, "seeCustomers", { fence, run });
    const broken = repairs !== undefined && (yield* isStill(on, repairs));
    const served = all && !broken;
    inARow = served ? inARow + 1 : 0;
    const waited = between(begun, now(df));
    const patience = windows.verify + Math.min(cachedMs, LONGEST_CACHE_MS);
    const over = looks >= LOOKS_AT_LEAST && waited > patience;
    if (inARow >= 2 && (behind === "" || over)) {
      const but = behind === "" ? "" : ` Not everybody, though: ${behind}, longer than it may.`;
      yield* say(on, "verify", `Customers are served: ${says}${but}`);
      return "cured";
    }
    if (!served && over) {
      const what = all ? "What was repaired is still broken" : "Customers are still not served";
      yield* say(on, "verify", `${what}: ${says}`);
      return waited > windows.verify + cachedMs ? "not-cured" : "remembered";
    }
    if (cachedMs > 0 && !told) {
      yield* say(on, "verify", patienceSays(cachedMs, behind));
      told = true;
    }
    // Rounds of a long wait are replayed by each later one.
    yield* on.rest(waited < windows.verify ? windows.verifyEvery : slowing(windows.verifyEvery, waited));
  }
}

function* isStill(on: Recovery, { finding, target }: NonNullable<ToVerify["repairs"]>): Saga<boolean> {
  const seen = yield* call(on.df, "diagnose", { fence: on.fence });
  return seen.finding === finding && seen.target === target;
}

function patienceSays(cachedMs: number, behind: string): string {
  const seconds = `${Math.round(cachedMs / 1_000)} s`;
  const now = behind === "" ? "" : ` Now ${behind}.`;
  return `Who looked the name up before the switch may keep the old address for up to ${seconds}; waiting that much longer.${now}`;
}
