import { sayings, verdict } from "../shared/conclude/votes";
import type { Fence } from "../shared/fence";
import { beat } from "../shared/ledger/limits";
import { keepLook } from "../shared/ledger/record";
import type { World } from "../shared/world";
import { look } from "./look";

/** Are customers served, as the same vantages see it that raised the alarm? `served` only when none of those that look says no. */
export async function seeCustomers(
  input: { fence: Fence },
  world: World,
): Promise<{ served: boolean; says: string }> {
  await beat(world.ledger, input.fence.instance, world.clock.now());
  const seen = await look({}, world);
  await keepLook(world.ledger, input.fence.incident, seen);
  return {
    served: verdict(seen, { kind: "customers" }) === "healthy",
    says: sayings(seen, { kind: "customers" }).slice(0, 300),
  };
}
