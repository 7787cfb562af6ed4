import type { System } from "../finding";
import { between, type Instant } from "../time";
import { change } from "./change";
import { INCIDENTS } from "./incidents";
import type { Ledger } from "./port";

/** The stop that every writing activity checks. */
export type Stop = { by: string; reason: string; at: Instant };
/** A finished recovery: no automatic one on the same system before `until`, unless acknowledged. */
export type Block = { system: System; incident: string; until: Instant };
/** A condition that an incident has ended on without curing it. It is not opened again until it changes. */
export type Standing = {
  system: System;
  finding: string;
  target: string | null;
  incident: string;
  says: string;
};

/** Is what is seen now the very condition that stands? */
export function isOf(
  standing: Standing,
  { finding, target }: { finding: string; target: string | null },
): boolean {
  return standing.finding === finding && standing.target === target;
}

export async function readStop(ledger: Ledger): Promise<Stop | undefined> {
  return (await ledger.read<Stop>(INCIDENTS, "stop"))?.value;
}

export async function putStop(ledger: Ledger, stop: Stop): Promise<Stop> {
  return await change<Stop, Stop>(ledger, { partition: INCIDENTS, key: "stop" }, (known) =>
    known === undefined ? { answer: stop, put: stop } : { answer: known },
  );
}

export async function liftStop(ledger: Ledger): Promise<void> {
  await ledger.commit(INCIDENTS, [{ remove: "stop" }]);
}

export async function readBlock(ledger: Ledger, system: System): Promise<Block | undefined> {
  return (await ledger.read<Block>(INCIDENTS, `block/${system}`))?.value;
}

export async function readStanding(ledger: Ledger, system: System): Promise<Standing | undefined> {
  return (await ledger.read<Standing>(INCIDENTS, `standing/${system}`))?.value;
}

export async function forgetStanding(ledger: Ledger, system: System): Promise<void> {
  await ledger.commit(INCIDENTS, [{ remove: `standing/${system}` }]);
}

type Automatic = { entries: { incident: string; at: Instant }[] };

/**
 * Takes one of the hour's automatic actions for this incident; a repetition takes no second one.
 * `false` when the hour is used up. One conditional write, so two engines can't both take the last.
 */
export async function takeAutomatic(
  ledger: Ledger,
  incident: string,
  now: Instant,
  perHour: number,
): Promise<boolean> {
  return await change<Automatic, boolean>(ledger, { partition: INCIDENTS, key: "automatic" }, (row) => {
    const recent = (row?.entries ?? []).filter((entry) => between(entry.at, now) < 3_600_000);
    if (recent.some((entry) => entry.incident === incident)) return { answer: true };
    if (recent.length >= perHour) return { answer: false };
    return { answer: true, put: { entries: [...recent, { incident, at: now }] } };
  });
}

export async function automaticInLastHour(ledger: Ledger, now: Instant, except: string): Promise<number> {
  const row = await ledger.read<Automatic>(INCIDENTS, "automatic");
  return (row?.value.entries ?? []).filter(
    (entry) => entry.incident !== except && between(entry.at, now) < 3_600_000,
  ).length;
}

/** When this orchestration last did something. Judged by us: "Running" may be a lie (F-05). */
export async function beat(ledger: Ledger, instance: string, at: Instant): Promise<void> {
  await ledger.commit(INCIDENTS, [{ put: `progress/${instance}`, value: { at } }]);
}

export async function lastBeat(ledger: Ledger, instance: string): Promise<Instant | undefined> {
  return (await ledger.read<{ at: Instant }>(INCIDENTS, `progress/${instance}`))?.value.at;
}
