import type { Estate } from "../../shared/estate";
import { maxconn } from "../haproxy/stand-in";
import type { Setup } from "../haproxy/setup";
import { firstBalancer } from "../parts";
import { hits, type Harm, type Ways } from "./way";

/** What long-lived connections of well-meaning customers amount to on a busy day. */
const FAITHFUL = 40;

export const balancerFaults = {
  "balancer-process-down": {
    killed: (estate) => hits([{ part: firstBalancer(estate).name, service: "failed" }]),
    stopped: (estate) => hits([{ part: firstBalancer(estate).name, service: "inactive" }]),
    broken: (estate) => hits([{ part: firstBalancer(estate).name, service: "broken" }]),
  },
  "balancer-host-down": {
    "powered-off": (estate) => hits([{ part: firstBalancer(estate).name, machine: "stopped" }]),
    dropped: (estate) => hits([{ part: firstBalancer(estate).name, net: "dropped" }]),
    "with-azure": (estate) =>
      hits([
        { part: firstBalancer(estate).name, machine: "stopped" },
        { part: "azure", behaves: "errors" },
      ]),
  },
  "balancer-misconfigured": {
    "no-servers": (estate) => setUp(estate, { config: "no-servers" }),
    "wrong-servers": (estate) => setUp(estate, { config: "wrong-servers" }),
    "wrong-port": (estate) => setUp(estate, { config: "wrong-port" }),
  },
  "balancer-saturated": {
    /** Somebody opens connection after connection and ends none. */
    held: (estate) => setUp(estate, { held: maxconn }),
    /** Somebody has lowered the limit below what the usual customers hold. */
    lowered: (estate) => setUp(estate, { maxconn: FAITHFUL / 2, held: FAITHFUL }),
  },
} satisfies Ways;

function setUp(estate: Estate, setup: Setup): Harm {
  return hits([{ part: firstBalancer(estate).name, setup }]);
}
