import { readChange, sameValue, unsafe } from "../shared/changes";
import type { Fence } from "../shared/fence";
import { homeIsOver } from "../shared/ledger/home-plan";
import { inForce } from "../shared/ledger/in-force";
import { readItem } from "../shared/ledger/items";
import { beat } from "../shared/ledger/limits";
import { pinnedPlan } from "../shared/ledger/record";
import { textOfValue, type Change } from "../shared/plan";
import type { World } from "../shared/world";
import { look } from "./look";

export type PartSeen =
  | { kind: "stale" }
  /** Not as we left it: a person put it back, or made something else of it. */
  | { kind: "gone"; says: string }
  /** We put it back, and whoever did so was lost before customers were seen to like it. */
  | { kind: "back" }
  | { kind: "well" | "unwell"; says: string };

/** How is the part that we took out? Well means: it could go back now, as the vantages see it. Reads only. */
export async function lookAtPart(input: { fence: Fence }, world: World): Promise<PartSeen> {
  const { fence } = input;
  await beat(world.ledger, fence.instance, world.clock.now());
  const item = await readItem(world.ledger, fence.incident);
  if (item === undefined || item.epoch !== fence.epoch || item.closedAt !== null) return { kind: "stale" };
  const ways = item.plan.steps.flatMap((step) => ("none" in step.undo ? [] : [step.undo]));
  const back: Change[] = [];
  for (const way of ways) {
    try {
      const now = await readChange(way, world);
      if (sameValue(now, way.new)) back.push(way);
      else if (!sameValue(now, way.old))
        return { kind: "gone", says: `${item.says}: somebody changed it since; it is theirs now.` };
    } catch {
      return { kind: "unwell", says: `${item.plan.target} does not answer.` };
    }
  }
  if (back.length === ways.length) {
    if (await isOurs(fence.incident, world)) return { kind: "back" };
    const now = back.map((way) => textOfValue(way.new)).join(", ");
    return { kind: "gone", says: `${item.says}: that is over; it is ${now} again.` };
  }
  const seen = await look({}, world);
  const well = ways.every((way) => unsafe(way, seen, world.estate) === undefined);
  return {
    kind: well ? "well" : "unwell",
    says: `${item.plan.target} is ${well ? "well" : "not well yet"}.`,
  };
}

async function isOurs(incident: string, { ledger }: World): Promise<boolean> {
  const home = await pinnedPlan(ledger, incident, "home");
  if (home === undefined || (await homeIsOver(ledger, incident, home.number))) return false;
  return (await inForce(ledger, incident, home)).length > 0;
}
