import { between } from "../shared/time";
import { call, now, type Saga } from "./durable";
import type { Recovery } from "./journal";

/**
 * The same vantages watch for the probation's time. Two bad looks in a row are a complaint; one may be
 * chance, and is looked at again even when the time is over: it ends with a good look, or not at all.
 */
export function* watchCustomers(on: Recovery): Saga<string | undefined> {
  const begun = now(on.df);
  let bad = 0;
  for (;;) {
    yield* on.rest(on.windows.probationEvery);
    const seen = yield* call(on.df, "seeCustomers", { fence: on.fence });
    bad = seen.served ? 0 : bad + 1;
    if (bad >= 2) return seen.says;
    if (bad === 0 && between(begun, now(on.df)) >= on.windows.probation) return undefined;
  }
}
