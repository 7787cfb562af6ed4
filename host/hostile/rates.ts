import { HostError } from "../host-error";

/** How often what goes wrong: probabilities from 0 to 1. */
export type HostileRates = {
  /** Of a turn or an activity that begins: the worker process dies, with everything that is in flight. */
  death: number;
  /** Of a turn or an activity that begins: it comes back 30 or 60 s later; an activity has had its effect or not. */
  late: number;
  /** Of an activity: it runs twice, at the same time or again 30 or 60 s after its result; one result counts. */
  twice: number;
  /** Of an activity's result: the orchestration hears of it up to 57 s later. */
  lateResult: number;
  /** Of a durable timer: it fires up to a second early. */
  earlyTimer: number;
  /** Of a timer trigger that is due: it is silent for up to 75 s; what it missed becomes one tick. */
  silentTrigger: number;
  /** Of an external event: it is delivered up to 30 s later, and so perhaps after those raised after it. */
  lateEvent: number;
  /** Of a turn that brings in several results and events: they come in any order. */
  disorder: number;
};

export const hostileRates: HostileRates = {
  death: 0.02,
  late: 0.03,
  twice: 0.05,
  lateResult: 0.03,
  earlyTimer: 0.5,
  silentTrigger: 0.1,
  lateEvent: 0.3,
  disorder: 0.5,
};

/** Fills in what is not given. Throws a HostError for a rate that is none, or of an unknown name. */
export function readRates(given: Partial<HostileRates>): HostileRates {
  for (const [name, rate] of Object.entries(given)) {
    if (!(name in hostileRates) || !(rate >= 0 && rate <= 1)) {
      const known = Object.keys(hostileRates).join(", ");
      throw new HostError(
        "settings",
        `The hostile rate '${name}' is ${rate}: the rates are ${known}, each from 0 to 1.`,
      );
    }
  }
  return { ...hostileRates, ...given };
}
