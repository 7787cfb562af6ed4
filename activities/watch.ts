import { conclude } from "../shared/conclude/conclude";
import { leadIntoEstate } from "../shared/conclude/dns";
import { verdict } from "../shared/conclude/votes";
import type { Diagnosis } from "../shared/diagnosis";
import type { Engine } from "../shared/engine";
import { systems } from "../shared/finding";
import { INCIDENTS, incidentId, openIncident, openIncidents, readIncident } from "../shared/ledger/incidents";
import { openItems } from "../shared/ledger/items";
import { isWhole, noteKnownRecords } from "../shared/ledger/known-records";
import { forgetStanding, isOf, readStanding } from "../shared/ledger/limits";
import type { Look } from "../shared/observation";
import type { World } from "../shared/world";
import { look } from "./look";

/** The last look of the timer, kept for the console, with the sentence "did / did not act because …". */
export type Watched = { look: Look; diagnosis: Diagnosis; says: string };

export const WATCHED = "watched";

/**
 * One look of the timer. Suspicion looks again a moment later; only what is seen twice opens an
 * incident, whose own orchestration confirms it. A healthy day starts nothing.
 */
export async function watch(_input: object, world: World, engine: Engine): Promise<Watched> {
  let seen = await look({}, world);
  let diagnosis = conclude(seen, world.estate);
  let says = diagnosis.finding === "healthy" ? "Did not act because customers are served." : "";
  if (diagnosis.finding === "healthy") {
    await forgetCured(diagnosis, seen, world);
    await keepKnownRecords(seen, world);
  } else {
    await world.clock.sleep(world.estate.policy.windows.secondLook);
    const before = seen;
    seen = await look({}, world);
    const again = conclude(seen, world.estate, before);
    const same = again.finding === diagnosis.finding && again.target === diagnosis.target;
    diagnosis = again;
    if (same) await forgetCured(diagnosis, seen, world);
    says = same
      ? await open(diagnosis, world, engine)
      : `Did not act because a second look says otherwise: ${again.says}`;
  }
  const watched: Watched = { look: seen, diagnosis, says };
  await world.ledger.commit(INCIDENTS, [{ put: WATCHED, value: watched }]);
  return watched;
}

async function open(diagnosis: Diagnosis, world: World, engine: Engine): Promise<string> {
  const running = (await openIncidents(world.ledger)).filter((row) => row.state !== "closed");
  const busy = running.find(
    (row) => row.system === null || row.system === diagnosis.system || diagnosis.system === "observers",
  );
  if (busy !== undefined) return `Did not open an incident because ${busy.id} is open.`;
  const standing = await readStanding(world.ledger, diagnosis.system);
  if (standing !== undefined && isOf(standing, diagnosis)) {
    return `Did not open an incident because ${standing.incident} ended on this very condition: ${standing.says}`;
  }
  const at = world.clock.now();
  const because = `Our own look: ${diagnosis.finding}: ${diagnosis.says}`;
  const { id, opened } = await openIncident(world.ledger, {
    id: incidentId(at, world.shortId()),
    scope: "diagnosis",
    at,
    because,
  });
  const row = await readIncident(world.ledger, id);
  if (row !== undefined && opened)
    await engine.start("recover", { incident: id, epoch: row.epoch, instance: row.instance });
  return `Opened ${id} because ${diagnosis.finding}: ${diagnosis.says}`;
}

/**
 * A condition that is over may open an incident again when it comes back. While customers fail, what is seen
 * may hide another condition that stands; while they are served, whatever isn't seen is over.
 */
async function forgetCured(diagnosis: Diagnosis, seen: Look, world: World): Promise<void> {
  if (verdict(seen, { kind: "customers" }) !== "healthy") return;
  for (const system of systems) {
    const standing = await readStanding(world.ledger, system);
    if (standing !== undefined && !isOf(standing, diagnosis)) await forgetStanding(world.ledger, system);
  }
}

/** While a recovery of ours is open, or something it did is in force, what is seen is its doing and not what the company wants. */
async function keepKnownRecords({ records, at }: Look, { ledger, estate }: World): Promise<void> {
  const complete = (records ?? []).filter(isWhole);
  if (complete.length !== records?.length || !leadIntoEstate(complete, estate)) return;
  if ((await openIncidents(ledger)).length > 0 || (await openItems(ledger)).length > 0) return;
  await noteKnownRecords(ledger, estate.service.hostname, complete, at);
}
