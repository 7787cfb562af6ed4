import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import { found } from "./found";
import { sayings, verdict } from "./votes";

/** Ten times the busiest hour: no sale and no release does that. */
const FAR_ABOVE = 10;

/**
 * What of an attack is seen, in a sentence: new sessions far above the company's busiest hour, by a balancer's
 * own counters. Undefined also where nobody can tell, because no balancer says its load or the busiest hour is
 * not configured; whoever needs to be sure asks `loadKnown` too.
 */
export function attackSeen(look: Look, estate: Estate): string | undefined {
  const { busiestRate } = estate.service;
  if (busiestRate === undefined) return undefined;
  const flooded = look.views.find(({ load }) => load !== undefined && load.rate >= busiestRate * FAR_ABOVE);
  if (flooded?.load === undefined) return undefined;
  const { rate, connections, limit } = flooded.load;
  return `${flooded.balancer} counts ${rate} new sessions a second, ${busiestRate} in its busiest hour; ${connections} of ${limit} connections are taken`;
}

/** Does a balancer say how busy it is? Without that nobody knows whether an attack is going on. */
export function loadKnown(look: Look, balancer: string): boolean {
  return look.views.some((one) => one.balancer === balancer && one.load !== undefined);
}

/** Customers fail while far more asks than ever did: the crowd is the cause, whatever else fails under it. */
export function underAttack(look: Look, estate: Estate): Diagnosis | undefined {
  const seen = attackSeen(look, estate);
  if (seen === undefined || verdict(look, { kind: "customers" }) !== "down") return undefined;
  const says = `An attack: ${seen}, and customers fail.`;
  return {
    ...found(look, "under-attack", "edge", says, [
      `load: ${seen}`,
      `customers: ${sayings(look, { kind: "customers" })}`,
    ]),
    runnerUp: {
      finding: "balancer-saturated",
      because: "a crowd of real customers looks the same from here; CloudFlare's analytics tell them apart",
    },
  };
}
