import { readChange, sameValue, unsafe } from "../shared/changes";
import type { Fence } from "../shared/fence";
import { readItem } from "../shared/ledger/items";
import { beat } from "../shared/ledger/limits";
import { verdict } from "../shared/conclude/votes";
import type { Look } from "../shared/observation";
import { textOfValue, type Change } from "../shared/plan";
import type { World } from "../shared/world";
import { look } from "./look";

export type PartSeen =
  | { kind: "stale" }
  /** Not as we left it: it is back already, or somebody else has taken it over. */
  | { kind: "gone"; says: string }
  | { kind: "well" | "unwell"; says: string };

/** How is the part that we took out? Well means: it could go back now, as the vantages see it. Reads only. */
export async function lookAtPart(input: { fence: Fence }, world: World): Promise<PartSeen> {
  const { fence } = input;
  await beat(world.ledger, fence.instance, world.clock.now());
  const item = await readItem(world.ledger, fence.incident);
  if (item === undefined || item.epoch !== fence.epoch || item.closedAt !== null) return { kind: "stale" };
  const ways = item.plan.steps.flatMap((step) => ("none" in step.undo ? [] : [step.undo]));
  for (const way of ways) {
    try {
      const now = await readChange(way, world);
      if (sameValue(now, way.new))
        return { kind: "gone", says: `${item.says}: that is over; it is ${textOfValue(way.new)} again.` };
      if (!sameValue(now, way.old))
        return { kind: "gone", says: `${item.says}: somebody changed it since; it is theirs now.` };
    } catch {
      return { kind: "unwell", says: `${item.plan.target} does not answer.` };
    }
  }
  const seen = await look({}, world);
  const well = ways.every((way) => isWell(way, seen) && unsafe(way, seen, world.estate) === undefined);
  return {
    kind: well ? "well" : "unwell",
    says: `${item.plan.target} is ${well ? "well" : "not well yet"}.`,
  };
}

function isWell(way: Change, seen: Look): boolean {
  if (way.do === "pointRecord") return verdict(seen, { kind: "balancer", name: way.to }) === "healthy";
  return (
    verdict(seen, { kind: "server-health", name: way.server }) === "healthy" &&
    verdict(seen, { kind: "server-customers", name: way.server }) === "healthy"
  );
}
