import { type HostileRates, hostileRates } from "../../../host/index";

/** Nothing goes wrong. */
export const calm = Object.fromEntries(Object.keys(hostileRates).map((name) => [name, 0])) as HostileRates;

/** Only what is given goes wrong. */
export const only = (
  rates: Partial<HostileRates>,
  seed = 1,
  more: { deathsPerHalfHour?: number } = {},
): { hostile: { seed: number; rates: HostileRates; deathsPerHalfHour?: number } } => ({
  hostile: { seed, rates: { ...calm, ...rates }, ...more },
});
