import type { GateView } from "../../shared/gate";
import type { EffectLine } from "../../shared/incident";
import { firstBrokenLink } from "../../shared/ledger/audit";
import { readGate } from "../../shared/ledger/gates";
import type { Hold } from "../../shared/ledger/holds";
import type { LeaseRow } from "../../shared/ledger/incidents";
import type { Write } from "../../shared/ledger/port";
import { effects } from "../../shared/ledger/record";
import { between } from "../../shared/time";
import { GATE, INCIDENT, SYSTEM, type Rig } from "./gate-rig";

/** What was in force when a step's intent was written: read from the ledger's own history, never from the model. */
type Authority = {
  gate: GateView | undefined;
  stopped: boolean;
  hold: Hold | undefined;
  epoch: number;
};

/** The invariants of people's decisions, judged by what reached the company and what the ledger holds. */
export async function checkGateInvariants(rig: Rig, applyingEpoch: number | null): Promise<void> {
  const gate = await readGate(rig.world.ledger, INCIDENT, GATE);
  if (gate === undefined) throw new Error("the gate is gone");
  // I-03: what was answered "counted" is there, whoever restarted or succeeded; I-04: once a person, and nothing else.
  const counted = new Map(rig.accepted.map(({ person, vote }) => [person, vote]));
  const kept = gate.votes.map(({ person, vote }) => `${person} ${vote}`).sort();
  expect(kept).toEqual([...counted].map(([person, vote]) => `${person} ${vote}`).sort());
  // I-02: who asked for it is among nobody's votes.
  expect(gate.votes.map((vote) => vote.person)).not.toContain(rig.question.requestedBy);
  checkWrites(rig, applyingEpoch);
}

/** At the end: the audit's chain holds, and every change has an outcome beside its intent (I-38). */
export async function checkRecord(rig: Rig): Promise<void> {
  expect(await firstBrokenLink(rig.world)).toBeUndefined();
  const changed = rig.company.effects().filter((one) => one.by !== "somebody" && one.old !== one.new);
  const known = (await effects(rig.world.ledger, INCIDENT)).map((one) => `${one.resource} ${one.new}`);
  for (const one of changed) expect(known).toContain(`${one.resource} ${one.new}`);
}

/** No veto, stop, hold or successor may come before the intent, however close: last-moment.test.ts tries each moment. */
function checkWrites(rig: Rig, applyingEpoch: number | null): void {
  const { happened } = rig;
  const known: Authority = { gate: undefined, stopped: false, hold: undefined, epoch: 0 };
  let intent: { at: string; under: Authority } | undefined;
  for (const one of happened) {
    switch (one.kind) {
      case "committed": {
        for (const write of one.writes) learn(known, write);
        if (one.writes.some(isIntent)) intent = { at: one.at, under: { ...known } };
        break;
      }
      case "written":
        // I-38: no write without an intent.
        if (intent === undefined) throw new Error("written without an intent");
        checkAuthority(rig, intent.at, intent.under, applyingEpoch);
    }
  }
  // Judged; what is in force stays known.
  happened.splice(0, happened.length, ...compacted(known));
}

/** I-01, I-06: at the intent enough people had said yes to exactly this plan, lately, and nobody no. */
function checkAuthority(rig: Rig, at: string, under: Authority, applyingEpoch: number | null): void {
  const { question, hash, world } = rig;
  const { gate, stopped, hold, epoch } = under;
  const yes = new Set(
    gate?.votes
      .filter((vote) => vote.vote === "approve" && vote.planHash === hash)
      .map((vote) => vote.person),
  );
  yes.delete(question.requestedBy ?? "");
  const age = between(gate?.decidedAt ?? "", at);
  expect({
    enough: yes.size >= question.quorum,
    vetoed: gate?.votes.some((vote) => vote.vote === "reject") ?? true,
    state: gate?.state,
    hash: gate?.planHash,
    fresh: age >= 0 && age <= world.estate.policy.gateExpiresAfter,
    stopped,
    held: hold !== undefined && hold.until > at,
    epoch: applyingEpoch === null ? null : epoch,
  }).toEqual({
    enough: true,
    vetoed: false,
    state: "granted",
    hash,
    fresh: true,
    stopped: false,
    held: false,
    epoch: applyingEpoch,
  });
}

function isIntent(write: Write): boolean {
  return (
    "put" in write && write.put === "effect/out-1/s1-do" && (write.value as EffectLine).outcome === "intended"
  );
}

function learn(known: Authority, write: Write): void {
  if ("remove" in write) {
    if (write.remove === "stop") known.stopped = false;
    if (write.remove === `hold/${SYSTEM}`) known.hold = undefined;
    return;
  }
  const { put, value } = write;
  if (put === "stop") known.stopped = true;
  if (put === `hold/${SYSTEM}`) known.hold = value as Hold;
  if (put === `gate/${GATE}`) known.gate = value as GateView;
  if (put === `lease/${SYSTEM}`) known.epoch = (value as LeaseRow).epoch;
}

function compacted({ gate, stopped, hold, epoch }: Authority): Rig["happened"] {
  const writes = [
    ...(gate === undefined ? [] : [{ put: `gate/${GATE}`, value: gate }]),
    ...(stopped ? [{ put: "stop", value: {} }] : []),
    ...(hold === undefined ? [] : [{ put: `hold/${SYSTEM}`, value: hold }]),
    { put: `lease/${SYSTEM}`, value: { incident: INCIDENT, epoch, at: "" } satisfies LeaseRow },
  ];
  return [{ kind: "committed", at: "", partition: "", writes }];
}
