import { answers } from "../../orchestrations/plans";
import { nameFinding } from "../../activities/name-finding";
import { pinPlan } from "../../activities/pin-plan";
import type { Pinned } from "../../shared/pinned";
import { look } from "../../activities/look";
import { conclude } from "../../shared/conclude/conclude";
import { isRefusal } from "../../shared/errors";
import type { Fence } from "../../shared/fence";
import { openIncident } from "../../shared/ledger/incidents";
import type { Bench } from "./company";

/** An incident on what is broken now, with its plan pinned, as the orchestration would have it. */
export async function pinnedIncident(
  bench: Bench,
  id = "inc-20260301080000-test",
  requestedBy: string | null = null,
): Promise<{ fence: Fence; pinned: Pinned }> {
  const { world } = bench;
  await openIncident(world.ledger, { id, scope: "diagnosis", at: world.clock.now(), because: "a test" });
  const fence: Fence = { incident: id, epoch: 1, instance: id };
  const diagnosis = conclude(await look({}, world), world.estate);
  await nameFinding({ fence, finding: diagnosis.finding }, world);
  const plan = answers[diagnosis.finding];
  if ("nobody" in plan) throw new Error(`nobody acts on ${diagnosis.finding}`);
  const pinned = await pinPlan(
    { fence, run: "out", number: 1, plan, diagnosis, requestedBy, byHand: false },
    world,
  );
  if (isRefusal(pinned)) throw new Error(pinned.says);
  return { fence, pinned };
}
