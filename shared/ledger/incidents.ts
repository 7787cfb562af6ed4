import type { Fence } from "../fence";
import type { Finding, System } from "../finding";
import type { IncidentState, IncidentSummary, Outcome } from "../incident";
import type { Instant } from "../time";
import { all } from "./change";
import type { Ledger, Row } from "./port";

/** The partition in which leases, incidents, stop, limits and open items live: opening is one batch. */
export const INCIDENTS = "incidents";

/** What a lease is on: a system, or the diagnosis of an incident whose system is not known yet. */
export type Scope = System | "diagnosis";

export type IncidentRow = IncidentSummary & {
  scope: Scope;
  /** Counts the orchestrations that have owned it; a successor has the next one. */
  epoch: number;
  instance: string;
  because: string;
  /** A person asked for this plan on this part; nothing is diagnosed then. */
  byHand: ByHand | null;
};

export type ByHand = { plan: string; target: string; by: string; reason: string };

export type LeaseRow = { incident: string | null; epoch: number; at: Instant };

/** Newest first: the ledger lists in ascending order only, so the key counts down. */
export function incidentKey(id: string): string {
  const digits = id.replace(/\D/g, "").slice(0, 14).padEnd(14, "0");
  return `incident/${String(99_999_999_999_999 - Number(digits)).padStart(14, "0")}-${id}`;
}

export function incidentId(at: Instant, unique: string): string {
  return `inc-${at.replace(/\D/g, "").slice(0, 14)}-${unique}`;
}

export async function readIncident(ledger: Ledger, id: string): Promise<IncidentRow | undefined> {
  return (await ledger.read<IncidentRow>(INCIDENTS, incidentKey(id)))?.value;
}

export async function listIncidents(ledger: Ledger, most = 100): Promise<IncidentRow[]> {
  return (await all<IncidentRow>(ledger, INCIDENTS, "incident/", most)).map((row) => row.value);
}

export async function openIncidents(ledger: Ledger): Promise<IncidentRow[]> {
  const leases = await all<LeaseRow>(ledger, INCIDENTS, "lease/");
  const ids = [
    ...new Set(leases.flatMap((row) => (row.value.incident === null ? [] : [row.value.incident]))),
  ];
  const rows = await Promise.all(ids.map((id) => readIncident(ledger, id)));
  return rows.filter((row) => row !== undefined);
}

/**
 * Opens an incident, unless one is open on the same scope already: then that one is the answer. The
 * lease decides, in one batch with the incident's own row (F-15: never "look, then start").
 */
export async function openIncident(
  ledger: Ledger,
  wanted: { id: string; scope: Scope; at: Instant; because: string; byHand?: ByHand },
): Promise<{ id: string; opened: boolean }> {
  const leaseKey = `lease/${wanted.scope}`;
  for (;;) {
    const lease = await ledger.read<LeaseRow>(INCIDENTS, leaseKey);
    if (lease !== undefined && lease.value.incident !== null)
      return { id: lease.value.incident, opened: false };
    const row: IncidentRow = {
      id: wanted.id,
      system: wanted.scope === "diagnosis" ? null : wanted.scope,
      finding: null,
      state: "diagnosing",
      outcome: null,
      openedAt: wanted.at,
      closedAt: null,
      says: wanted.because,
      scope: wanted.scope,
      epoch: 1,
      instance: wanted.id,
      because: wanted.because,
      byHand: wanted.byHand ?? null,
    };
    const done = await ledger.commit(INCIDENTS, [
      {
        put: leaseKey,
        value: { incident: wanted.id, epoch: 1, at: wanted.at } satisfies LeaseRow,
        ifVersion: lease?.version ?? null,
      },
      { put: incidentKey(wanted.id), value: row, ifVersion: null },
      { put: `progress/${wanted.id}`, value: { at: wanted.at } },
    ]);
    if (done === "committed") return { id: wanted.id, opened: true };
  }
}

/**
 * Gives the incident its finding, and the lease of that finding's system instead of the one it has.
 * `taken`: another incident recovers that system already. Repeating it is harmless.
 */
export async function claimSystem(
  ledger: Ledger,
  fence: Fence,
  named: { system: System; finding: Finding; at: Instant },
): Promise<{ kind: "claimed" } | { kind: "taken"; by: string } | { kind: "stale" }> {
  for (;;) {
    const [row, target] = await Promise.all([
      ledger.read<IncidentRow>(INCIDENTS, incidentKey(fence.incident)),
      ledger.read<LeaseRow>(INCIDENTS, `lease/${named.system}`),
    ]);
    if (row === undefined || row.value.epoch !== fence.epoch || row.value.state === "closed")
      return { kind: "stale" };
    const holder = target?.value.incident ?? null;
    if (holder !== null && holder !== fence.incident) return { kind: "taken", by: holder };
    const moves = row.value.scope !== named.system;
    const old = moves ? await ledger.read<LeaseRow>(INCIDENTS, `lease/${row.value.scope}`) : undefined;
    const done = await ledger.commit(INCIDENTS, [
      {
        put: `lease/${named.system}`,
        value: { incident: fence.incident, epoch: fence.epoch, at: named.at } satisfies LeaseRow,
        ifVersion: target?.version ?? null,
      },
      {
        put: incidentKey(fence.incident),
        value: { ...row.value, system: named.system, finding: named.finding, scope: named.system },
        ifVersion: row.version,
      },
      ...(old?.value.incident === fence.incident
        ? [
            {
              put: `lease/${row.value.scope}`,
              value: { ...old.value, incident: null },
              ifVersion: old.version,
            },
          ]
        : []),
    ]);
    if (done === "committed") return { kind: "claimed" };
  }
}

/** Changes what the incident says of itself; `false` when the fence is stale or it is closed. */
export async function updateIncident(
  ledger: Ledger,
  fence: Fence,
  change: { state?: IncidentState; says?: string },
): Promise<boolean> {
  for (;;) {
    const row = await ledger.read<IncidentRow>(INCIDENTS, incidentKey(fence.incident));
    if (row === undefined || row.value.epoch !== fence.epoch || row.value.state === "closed") return false;
    const written = await ledger.commit(INCIDENTS, [
      { put: incidentKey(fence.incident), value: { ...row.value, ...change }, ifVersion: row.version },
    ]);
    if (written === "committed") return true;
  }
}

/** Closes the incident and frees its lease, with the rows that belong to the end of it, in one batch. */
export async function closeIncident(
  ledger: Ledger,
  fence: Fence,
  end: {
    outcome: Outcome;
    says: string;
    at: Instant;
    also: (row: IncidentRow) => { put: string; value: object }[];
  },
): Promise<"closed" | "already" | "stale"> {
  for (;;) {
    const row = await ledger.read<IncidentRow>(INCIDENTS, incidentKey(fence.incident));
    if (row === undefined || row.value.epoch !== fence.epoch) return "stale";
    if (row.value.state === "closed") return "already";
    const lease: Row<LeaseRow> | undefined = await ledger.read<LeaseRow>(
      INCIDENTS,
      `lease/${row.value.scope}`,
    );
    const done = await ledger.commit(INCIDENTS, [
      {
        put: incidentKey(fence.incident),
        value: { ...row.value, state: "closed", outcome: end.outcome, says: end.says, closedAt: end.at },
        ifVersion: row.version,
      },
      ...(lease?.value.incident === fence.incident
        ? [
            {
              put: `lease/${row.value.scope}`,
              value: { ...lease.value, incident: null },
              ifVersion: lease.version,
            },
          ]
        : []),
      ...end.also(row.value),
    ]);
    if (done === "committed") return "closed";
  }
}

/** The next orchestration of an open incident. `undefined` when it is closed, or somebody was faster. */
export async function succeed(
  ledger: Ledger,
  incident: string,
  from: { epoch: number },
  at: Instant,
): Promise<Fence | undefined> {
  const row = await ledger.read<IncidentRow>(INCIDENTS, incidentKey(incident));
  if (row === undefined || row.value.epoch !== from.epoch || row.value.state === "closed") return undefined;
  const lease = await ledger.read<LeaseRow>(INCIDENTS, `lease/${row.value.scope}`);
  if (lease?.value.incident !== incident) return undefined;
  const epoch = from.epoch + 1;
  const fence: Fence = { incident, epoch, instance: `${incident}-${epoch}` };
  const done = await ledger.commit(INCIDENTS, [
    {
      put: incidentKey(incident),
      value: { ...row.value, epoch, instance: fence.instance },
      ifVersion: row.version,
    },
    { put: `lease/${row.value.scope}`, value: { ...lease.value, epoch, at }, ifVersion: lease.version },
    { put: `progress/${fence.instance}`, value: { at } },
  ]);
  return done === "committed" ? fence : undefined;
}
