import type { Fence } from "../shared/fence";
import { systemOf } from "../shared/finding";
import type { Outcome } from "../shared/incident";
import { audit } from "../shared/ledger/audit";
import { endClassifications } from "../shared/ledger/classification";
import { endGate, gates, sealGate } from "../shared/ledger/gates";
import { closeIncident as close, type IncidentRow } from "../shared/ledger/incidents";
import { inForce } from "../shared/ledger/in-force";
import { itemKey, type ItemRow } from "../shared/ledger/items";
import type { Block, Standing } from "../shared/ledger/limits";
import { addLine, lastLook, pinnedPlan } from "../shared/ledger/record";
import { conclude } from "../shared/conclude/conclude";
import { plus } from "../shared/time";
import type { World } from "../shared/world";

export type CloseInput = { fence: Fence; outcome: Outcome; says: string; line: string };
export type Closed = { kind: "closed" | "stale" };

const HOME_DUE = 7 * 86_400_000;

/**
 * Ends the incident: one batch writes its outcome, frees its lease, blocks the next automatic recovery,
 * remembers a condition that was not cured, and opens the item for what was taken out of service; the sweep
 * starts the orchestration that owns it.
 */
export async function closeIncident(input: CloseInput, world: World): Promise<Closed> {
  const { fence, outcome, says } = input;
  const at = world.clock.now();
  const item = await itemFor(input, world);
  const standing = await standingFor(input, world);
  const done = await close(world.ledger, fence, {
    outcome,
    says,
    at,
    also: (row) => [
      ...(row.system !== null && outcome === "recovered"
        ? [
            {
              put: `block/${row.system}`,
              value: {
                system: row.system,
                incident: row.id,
                until: plus(at, world.estate.policy.windows.block),
              } satisfies Block,
            },
          ]
        : []),
      ...standing(row),
      ...(item === undefined
        ? []
        : [
            { put: itemKey(fence.incident), value: item },
            { put: `progress/${item.instance}`, value: { at } },
          ]),
    ],
  });
  if (done === "stale") return { kind: "stale" };
  for (const gate of await gates(world.ledger, fence.incident)) {
    await endGate(world.ledger, fence.incident, gate.id, {
      state: "void",
      says: `The incident ended: ${says}`,
      at,
    });
    if (gate.id.startsWith("out-")) await sealGate(world.ledger, fence.incident, gate.id);
  }
  await endClassifications(world.ledger, fence.incident);
  await addLine(world.ledger, fence.incident, input.line, { at, stage: "closed", says, by: "switchover" });
  await audit(world, {
    actor: "switchover",
    action: `closed-${outcome}`,
    subject: fence.incident,
    detail: says.slice(0, 300),
  });
  return { kind: "closed" };
}

async function itemFor({ fence, outcome }: CloseInput, world: World): Promise<ItemRow | undefined> {
  const row = await pinnedPlan(world.ledger, fence.incident, "out");
  if (row === undefined || row.plan.home === null || outcome === "rolled-back") return undefined;
  if ((await inForce(world.ledger, fence.incident, row)).length === 0) return undefined;
  const at = world.clock.now();
  return {
    id: `${fence.incident}-item`,
    says: row.plan.home.item,
    owner: `${fence.incident}-home-1`,
    openedAt: at,
    dueAt: plus(at, HOME_DUE),
    closedAt: null,
    closedSays: null,
    incident: fence.incident,
    system: row.plan.system,
    epoch: 1,
    instance: `${fence.incident}-home-1`,
    plan: row.plan,
  };
}

/** What is still wrong when we stop acting on it. The watch opens no second incident for it until it changes. */
async function standingFor(
  { fence, says }: CloseInput,
  world: World,
): Promise<(row: IncidentRow) => { put: string; value: object }[]> {
  const seen = await lastLook(world.ledger, fence.incident);
  return (row) => {
    const diagnosis = seen === undefined ? undefined : conclude(seen, world.estate);
    const finding = diagnosis?.finding ?? row.finding;
    if (finding === null || finding === undefined || finding === "healthy") return [];
    const standing: Standing = {
      system: systemOf[finding],
      finding,
      target: diagnosis?.target ?? null,
      incident: row.id,
      says,
    };
    return [{ put: `standing/${standing.system}`, value: standing }];
  };
}
