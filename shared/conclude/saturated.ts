import type { Diagnosis } from "../diagnosis";
import type { Balancer } from "../estate";
import type { Look } from "../observation";
import { found } from "./found";
import { sayings } from "./votes";

/** A few connections are not customers': the Runtime API's, and those that are ending just now. */
const NEARLY_ALL = 0.9;

/**
 * The balancer runs and answers us, and takes nobody more: its connections are used up. Whether that is an attack
 * is asked before, of the rate; here the connections are held, or the limit is too low.
 */
export function saturatedBalancer(look: Look, { name }: Balancer): Diagnosis | undefined {
  const load = look.views.find((one) => one.balancer === name)?.load;
  if (load === undefined || load.connections < load.limit * NEARLY_ALL) return undefined;
  const { rate, connections, limit } = load;
  const says = `${name} is full: ${connections} of ${limit} connections are taken, and whoever comes now waits outside.`;
  return {
    ...found(look, "balancer-saturated", name, says, [
      `${name} counts ${connections} of ${limit} connections and ${rate} new ones a second`,
      `${name}: ${sayings(look, { kind: "balancer", name })}`,
      `customers: ${sayings(look, { kind: "customers" })}`,
    ]),
    runnerUp: {
      finding: "under-attack",
      because: `an attack can hold connections as well; ${rate} new ones a second would be few for one`,
    },
  };
}
