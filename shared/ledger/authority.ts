import { refuse, type Refusal } from "../errors";
import type { Fence } from "../fence";
import { plus } from "../time";
import type { World } from "../world";
import { audit } from "./audit";
import { readGate } from "./gates";
import { INCIDENTS, readIncident, type LeaseRow, type Scope } from "./incidents";
import { readItem } from "./items";
import { readHold } from "./holds";
import { readStop, takeAutomatic } from "./limits";
import type { Ledger } from "./port";
import type { PlanRow, Run } from "./record";
import type { Warrant } from "./warrant";

/**
 * May this orchestration still write? Asked inside every activity that writes, right before the
 * write and against the ledger: control flow, event payloads and the platform's word prove nothing
 * (S-09, I-01). Returns the refusal, or nothing.
 */
export async function limitation(world: World, fence: Fence, run: Run): Promise<Refusal | undefined> {
  const { ledger, clock } = world;
  const scope = await scopeOf(world, fence, run);
  if (scope === undefined)
    return refuse(
      "STALE_HOLDER",
      `${fence.instance} no longer owns this recovery.`,
      "Its successor carries on.",
    );
  const lease = (await ledger.read<LeaseRow>(INCIDENTS, `lease/${scope}`))?.value;
  if (lease?.incident !== fence.incident || lease.epoch !== fence.epoch) {
    return refuse(
      "STALE_HOLDER",
      `The lease on ${scope} is not ${fence.instance}'s.`,
      "Its successor, or another incident, has it.",
    );
  }
  const stop = await readStop(ledger);
  if (stop !== undefined) {
    return refuse(
      "STOPPED",
      `${stop.by} stopped Switchover at ${stop.at}: ${stop.reason}.`,
      "Lift the stop to go on.",
    );
  }
  if (scope === "diagnosis") return undefined;
  const hold = await readHold(ledger, scope);
  if (hold !== undefined && hold.until > clock.now()) {
    return refuse(
      "HELD",
      `${hold.by} holds ${scope} until ${hold.until}: ${hold.because}.`,
      "Release the hold, or wait.",
    );
  }
  return undefined;
}

async function scopeOf(world: World, fence: Fence, run: Run): Promise<Scope | undefined> {
  if (run === "home") {
    const item = await readItem(world.ledger, fence.incident);
    return item !== undefined && item.epoch === fence.epoch && item.closedAt === null
      ? item.system
      : undefined;
  }
  const incident = await readIncident(world.ledger, fence.incident);
  return incident !== undefined && incident.epoch === fence.epoch && incident.state !== "closed"
    ? incident.scope
    : undefined;
}

/**
 * The plan's own warrant, checked at the moment of the write: the hour's limit of automatic actions,
 * or a gate that people granted for exactly this plan and that has not gone stale.
 */
export async function unwarranted(
  world: World,
  fence: Fence,
  row: PlanRow,
  warrant: Warrant,
): Promise<Refusal | undefined> {
  const { estate, ledger, clock } = world;
  if (warrant.kind === "automatic") {
    const { automatic, automaticPerHour } = estate.policy;
    // Putting back what an armed plan took out was part of that plan.
    if (row.run === "home" && !(await asksHome(ledger, fence.incident))) return undefined;
    const armed = row.plan.class === "safe" && automatic.includes(row.plan.finding);
    if (!armed || row.plan.requestedBy !== null || row.plan.asks !== undefined) {
      return refuse(
        "NOT_ARMED",
        `${row.plan.finding} is not armed for automatic action.`,
        "Arm it under policy.automatic, or approve it.",
      );
    }
    if (await takeAutomatic(ledger, fence.incident, clock.now(), automaticPerHour)) return undefined;
    return refuse(
      "HOURLY_LIMIT",
      `${automaticPerHour} automatic actions in an hour are used up.`,
      "A person can approve this one.",
    );
  }
  const gate = await readGate(ledger, fence.incident, warrant.gate);
  if (
    gate === undefined ||
    gate.state !== "granted" ||
    gate.planHash !== row.hash ||
    gate.quorum < row.plan.quorum
  ) {
    return refuse(
      "NOT_APPROVED",
      `The gate ${warrant.gate} does not grant this plan.`,
      "Nothing was changed; ask again.",
    );
  }
  const validUntil = plus(gate.decidedAt ?? gate.openedAt, estate.policy.gateExpiresAfter);
  if (clock.now() > validUntil) {
    await audit(world, {
      actor: "switchover",
      action: "approval-stale",
      subject: fence.incident,
      detail: warrant.gate,
    });
    return refuse(
      "APPROVAL_STALE",
      `The approval was good until ${validUntil}.`,
      "Nothing was changed; ask again.",
    );
  }
  return undefined;
}

/** Whether going home needs a yes is a word of the plan that led out. */
async function asksHome(ledger: Ledger, incident: string): Promise<boolean> {
  return (await readItem(ledger, incident))?.plan.home?.asks !== false;
}
