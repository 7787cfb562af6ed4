import { conclude } from "../shared/conclude/conclude";
import type { Diagnosis } from "../shared/diagnosis";
import type { Fence } from "../shared/fence";
import { beat } from "../shared/ledger/limits";
import { keepLook, lastLook } from "../shared/ledger/record";
import type { World } from "../shared/world";
import { look } from "./look";

/** Looks, keeps what was seen with the incident, and concludes. Changes nothing of the company; safe to repeat. */
export async function diagnose(input: { fence: Fence }, world: World): Promise<Diagnosis> {
  await beat(world.ledger, input.fence.instance, world.clock.now());
  const before = await lastLook(world.ledger, input.fence.incident);
  const seen = await look({}, world);
  await keepLook(world.ledger, input.fence.incident, seen);
  const diagnosis = conclude(seen, world.estate, before);
  // The answer becomes history: it must stay small however large the estate is (F-24).
  return {
    ...diagnosis,
    evidence: diagnosis.evidence.slice(0, 6).map((line) => line.slice(0, 400)),
    missing: diagnosis.missing.slice(0, 6),
  };
}
