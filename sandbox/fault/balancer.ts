import { firstBalancer } from "../parts";
import { hits, type Ways } from "./way";

export const balancerFaults = {
  "balancer-host-down": {
    killed: (estate) => hits([{ part: firstBalancer(estate).name, net: "refused" }]),
    dropped: (estate) => hits([{ part: firstBalancer(estate).name, net: "dropped" }]),
  },
} satisfies Ways;
