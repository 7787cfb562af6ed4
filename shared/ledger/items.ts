import type { Fence } from "../fence";
import type { System } from "../finding";
import type { OpenItem } from "../incident";
import type { PinnedPlan } from "../plan";
import type { Instant } from "../time";
import { all } from "./change";
import { INCIDENTS, type LeaseRow } from "./incidents";
import type { Ledger } from "./port";

/**
 * What a recovery left behind, and who owns it: a waiting orchestration that puts it back. It has an
 * epoch of its own, because its incident is closed by then; a successor has the next one.
 */
export type ItemRow = OpenItem & {
  incident: string;
  system: System;
  epoch: number;
  instance: string;
  /** The plan that made it; going home is its steps undone, last first. */
  plan: PinnedPlan;
};

export function itemKey(incident: string): string {
  return `item/${incident}`;
}

export async function readItem(ledger: Ledger, incident: string): Promise<ItemRow | undefined> {
  return (await ledger.read<ItemRow>(INCIDENTS, itemKey(incident)))?.value;
}

export async function openItems(ledger: Ledger): Promise<ItemRow[]> {
  return (await all<ItemRow>(ledger, INCIDENTS, "item/"))
    .map((row) => row.value)
    .filter((item) => item.closedAt === null);
}

/** The lease of the item's system, while it is put back and watched. `busy`: somebody recovers there now. */
export async function claimHome(
  ledger: Ledger,
  fence: Fence,
  at: Instant,
): Promise<"claimed" | "busy" | "stale"> {
  for (;;) {
    const item = await ledger.read<ItemRow>(INCIDENTS, itemKey(fence.incident));
    if (item === undefined || item.value.epoch !== fence.epoch || item.value.closedAt !== null)
      return "stale";
    const key = `lease/${item.value.system}`;
    const lease = await ledger.read<LeaseRow>(INCIDENTS, key);
    const holder = lease?.value.incident ?? null;
    if (holder !== null && holder !== fence.incident) return "busy";
    const done = await ledger.commit(INCIDENTS, [
      {
        put: key,
        value: { incident: fence.incident, epoch: fence.epoch, at } satisfies LeaseRow,
        ifVersion: lease?.version ?? null,
      },
      { put: itemKey(fence.incident), value: item.value, ifVersion: item.version },
    ]);
    if (done === "committed") return "claimed";
  }
}

/** Gives the lease back; with `closed`, the item is done with, and says how. */
export async function releaseHome(
  ledger: Ledger,
  fence: Fence,
  closed?: { at: Instant; says: string },
): Promise<void> {
  for (;;) {
    const item = await ledger.read<ItemRow>(INCIDENTS, itemKey(fence.incident));
    if (item === undefined || item.value.epoch !== fence.epoch || item.value.closedAt !== null) return;
    const key = `lease/${item.value.system}`;
    const lease = await ledger.read<LeaseRow>(INCIDENTS, key);
    const mine =
      lease !== undefined && lease.value.incident === fence.incident && lease.value.epoch === fence.epoch;
    const done = await ledger.commit(INCIDENTS, [
      ...(mine ? [{ put: key, value: { ...lease.value, incident: null }, ifVersion: lease.version }] : []),
      {
        put: itemKey(fence.incident),
        value:
          closed === undefined ? item.value : { ...item.value, closedAt: closed.at, closedSays: closed.says },
        ifVersion: item.version,
      },
    ]);
    if (done === "committed") return;
  }
}

/** The next orchestration that owns an open item; `undefined` when it is closed, or somebody was faster. */
export async function succeedHome(
  ledger: Ledger,
  incident: string,
  from: { epoch: number },
  at: Instant,
): Promise<Fence | undefined> {
  const item = await ledger.read<ItemRow>(INCIDENTS, itemKey(incident));
  if (item === undefined || item.value.closedAt !== null || item.value.epoch !== from.epoch) return undefined;
  const key = `lease/${item.value.system}`;
  const lease = await ledger.read<LeaseRow>(INCIDENTS, key);
  const epoch = from.epoch + 1;
  const fence: Fence = { incident, epoch, instance: `${incident}-home-${epoch}` };
  const held = lease !== undefined && lease.value.incident === incident;
  const done = await ledger.commit(INCIDENTS, [
    {
      put: itemKey(incident),
      value: { ...item.value, epoch, instance: fence.instance },
      ifVersion: item.version,
    },
    // A dead predecessor may hold the lease still. It is freed, so that waiting for the part blocks no recovery of the others.
    ...(held ? [{ put: key, value: { ...lease.value, incident: null }, ifVersion: lease.version }] : []),
    { put: `progress/${fence.instance}`, value: { at } },
  ]);
  return done === "committed" ? fence : undefined;
}
