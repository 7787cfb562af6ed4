import { firstBalancer } from "../parts";
import { hits, type Ways } from "./way";

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
} satisfies Ways;
