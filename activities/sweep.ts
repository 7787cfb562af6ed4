import type { Engine } from "../shared/engine";
import { textOf } from "../shared/errors";
import type { Fence } from "../shared/fence";
import { unansweredAlerts } from "../shared/ledger/alerts";
import { audit, verifyNewLinks } from "../shared/ledger/audit";
import { openIncidents, succeed, type IncidentRow } from "../shared/ledger/incidents";
import { openItems, succeedHome, type ItemRow } from "../shared/ledger/items";
import { lastBeat, putStop } from "../shared/ledger/limits";
import { addLine } from "../shared/ledger/record";
import { between } from "../shared/time";
import type { World } from "../shared/world";
import { answerAlert } from "./answer-alert";
import { tell } from "./tell";

/** The first orchestration and three successors; what dies more often than that needs a person. */
const EPOCHS_AT_MOST = 4;

/**
 * What each tick puts right: accepted alerts without an answer, open incidents and open items whose
 * orchestration the platform failed, lost or stopped moving. Takes all that is due: nothing depends on
 * a single tick happening. One failure keeps nothing else from being swept.
 */
export async function sweep(_input: object, world: World, engine: Engine): Promise<string[]> {
  const problems: string[] = [];
  const each = async (what: string, act: () => Promise<void>) => {
    try {
      await act();
    } catch (thrown) {
      problems.push(`${what}: ${textOf(thrown)}`);
    }
  };
  await each("audit", () => freezeOnBrokenAudit(world));
  for (const alert of await unansweredAlerts(world.ledger))
    await each(`alert ${alert.id}`, () => answerAlert(alert, world, engine));
  for (const row of await openIncidents(world.ledger)) {
    if (row.state !== "closed") await each(row.id, () => keepGoing(row, world, engine));
  }
  for (const item of await openItems(world.ledger)) await each(item.id, () => keepOwned(item, world, engine));
  return problems;
}

async function keepGoing(row: IncidentRow, world: World, engine: Engine): Promise<void> {
  const lost = await whyLost(row.instance, world, engine);
  if (lost === undefined) return;
  const owner: Fence = { incident: row.id, epoch: row.epoch, instance: row.instance };
  // Opened, and then whoever opened it died before the start.
  if (lost === "missing") return await engine.start("recover", owner);
  const text = `${row.id}: its orchestration ${row.instance} is ${lost}.`;
  if (row.epoch >= EPOCHS_AT_MOST) {
    await tell(
      {
        fence: owner,
        roles: "everybody",
        key: `stuck-${row.epoch}`,
        text: `${text} It was replaced ${row.epoch - 1} times already; a person must take over.`,
      },
      world,
    );
    return;
  }
  const fence = await succeed(world.ledger, row.id, { epoch: row.epoch }, world.clock.now());
  if (fence === undefined) return;
  const says = `${text} ${fence.instance} goes on from the ledger, with the same plan and votes.`;
  await addLine(world.ledger, row.id, `${String(fence.epoch).padStart(3, "0")}-sweep`, {
    at: world.clock.now(),
    stage: "sweep",
    says,
    by: "switchover",
  });
  await audit(world, { actor: "switchover", action: "successor", subject: row.id, detail: says });
  await tell({ fence, roles: ["on-call"], key: `successor-${fence.epoch}`, text: says }, world);
  await engine.start("recover", fence);
}

async function keepOwned(item: ItemRow, world: World, engine: Engine): Promise<void> {
  const lost = await whyLost(item.instance, world, engine);
  if (lost === undefined) return;
  if (lost === "missing")
    return await engine.start("failBack", {
      incident: item.incident,
      epoch: item.epoch,
      instance: item.instance,
    });
  const fence = await succeedHome(world.ledger, item.incident, { epoch: item.epoch }, world.clock.now());
  if (fence !== undefined) await engine.start("failBack", fence);
}

/** Judged by the ledger's own clock first: the platform may say "Running" of what will never move again (F-05). */
async function whyLost(
  instance: string,
  world: World,
  engine: Engine,
): Promise<"missing" | "ended" | "silent" | undefined> {
  const state = await engine.state(instance);
  if (state !== "alive") return state;
  const beat = await lastBeat(world.ledger, instance);
  const silent = beat === undefined || between(beat, world.clock.now()) > world.estate.policy.windows.stalled;
  return silent ? "silent" : undefined;
}

/** A record that somebody changed proves nothing any more: everything stops until a person has looked (S-18), and each is told once. */
async function freezeOnBrokenAudit(world: World): Promise<void> {
  const broken = await verifyNewLinks(world);
  if (broken === undefined) return;
  const reason = `The audit's chain is broken at entry ${broken}: somebody changed the record.`;
  await putStop(world.ledger, { by: "switchover", reason, at: world.clock.now() });
  const fence: Fence = { incident: "audit", epoch: 1, instance: "sweep" };
  const text = `${reason} Switchover acts on nothing until a person has looked and lifted the stop.`;
  await tell({ fence, roles: "everybody", key: `broken-${broken}`, text }, world);
  throw new Error(reason);
}
