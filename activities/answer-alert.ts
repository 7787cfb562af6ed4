import type { Engine } from "../shared/engine";
import { disposeAlert, type AlertRow } from "../shared/ledger/alerts";
import { INCIDENTS, incidentId, openIncident, openIncidents, readIncident } from "../shared/ledger/incidents";
import { isOf, readStanding } from "../shared/ledger/limits";
import { between, type Instant } from "../shared/time";
import type { World } from "../shared/world";
import { WATCHED, type Watched } from "./watch";

/**
 * Finds what becomes of an accepted alert: part of an open incident, the start of one, or a written
 * reason why not. Nagios is one vote: what it says starts a diagnosis and decides nothing. Safe to repeat.
 */
export async function answerAlert(alert: AlertRow, world: World, engine: Engine): Promise<void> {
  const at = world.clock.now();
  const dispose = (incident: string | null, because: string) =>
    disposeAlert(world.ledger, alert.id, { incident, because, at });

  const first = (await openIncidents(world.ledger)).find((row) => row.state !== "closed");
  if (first !== undefined) {
    await engine.ring(first.instance);
    return await dispose(first.id, `${first.id} is open; what the alert says is looked at there.`);
  }
  if (alert.type !== "PROBLEM")
    return await dispose(
      null,
      `Did not act because ${alert.type} reports no new problem, and no incident is open.`,
    );
  const known = await standingIncident(world);
  if (known !== undefined) {
    // Is it about that, or about something new? The timer's next look says so; the alert waits for it.
    if (known.lookedAt <= alert.receivedAt) return;
    return await dispose(
      known.incident,
      `Did not act because ${known.incident} ended on this condition; a new incident opens when the evidence changes.`,
    );
  }

  const because = `Nagios: ${alert.host}${alert.service === null ? "" : ` / ${alert.service}`} is ${alert.state}: ${alert.says}`;
  const wanted = {
    id: incidentId(at, world.shortId()),
    scope: "diagnosis",
    at,
    because: because.slice(0, 500),
  } as const;
  const { id, opened } = await openIncident(world.ledger, wanted);
  // Written before the start: if the start fails, the sweep finds an incident without an orchestration.
  await dispose(id, opened ? "Opened an incident." : `${id} is being diagnosed already.`);
  const row = await readIncident(world.ledger, id);
  if (row !== undefined && opened)
    await engine.start("recover", { incident: id, epoch: row.epoch, instance: row.instance });
}

/** Longer ago than this, the timer doesn't look any more: nothing is waited for. */
const RECENT_MS = 120_000;

/** The incident that ended on what the timer still sees, and when it looked. An alert on anything else is news. */
async function standingIncident(world: World): Promise<{ incident: string; lookedAt: Instant } | undefined> {
  const watched = (await world.ledger.read<Watched>(INCIDENTS, WATCHED))?.value;
  if (watched === undefined || between(watched.look.at, world.clock.now()) > RECENT_MS) return undefined;
  const standing = await readStanding(world.ledger, watched.diagnosis.system);
  if (standing === undefined || !isOf(standing, watched.diagnosis)) return undefined;
  return { incident: standing.incident, lookedAt: watched.look.at };
}
