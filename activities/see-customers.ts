import { cachedFor } from "../shared/cached-for";
import { behindText, resolversBehind } from "../shared/conclude/dns-caches";
import { sayings, verdict } from "../shared/conclude/votes";
import type { Fence } from "../shared/fence";
import { beat } from "../shared/ledger/limits";
import { keepLook, pinnedPlan, type Run } from "../shared/ledger/record";
import type { World } from "../shared/world";
import { look } from "./look";

export type CustomersSeen = {
  served: boolean;
  says: string;
  /** For how long after the plan's changes resolvers may give what was there before, milliseconds. */
  cachedMs: number;
  /** Which of them do so now, a sentence; empty when none does. */
  behind: string;
};

/**
 * Are customers served, as the same vantages see it that raised the alarm? `served` only when none of those that look says no.
 * With the `run` of a plan it is also said who does not see its changes yet.
 */
export async function seeCustomers(input: { fence: Fence; run?: Run }, world: World): Promise<CustomersSeen> {
  const { fence, run } = input;
  await beat(world.ledger, fence.instance, world.clock.now());
  const seen = await look({}, world);
  await keepLook(world.ledger, fence.incident, seen);
  const row = run === undefined ? undefined : await pinnedPlan(world.ledger, fence.incident, run);
  const cachedMs = Math.max(0, ...(row?.plan.steps ?? []).map((step) => cachedFor(step.change)));
  const behind = cachedMs === 0 ? [] : resolversBehind(seen).map(behindText);
  return {
    served: verdict(seen, { kind: "customers" }) === "healthy",
    says: sayings(seen, { kind: "customers" }).slice(0, 300),
    cachedMs,
    behind: behind.join("; ").slice(0, 300),
  };
}
