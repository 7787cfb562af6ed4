import type { RecoveryPlan } from "../../shared/recovery-plan";

/** CloudFlare's edge is dead and its API alive: the service's name leads straight to the origin until the edge is back. */
export const unproxyRecords: RecoveryPlan = {
  name: "unproxyRecords",
  title: "CloudFlare's network in front of the service is down",
  answers: "edge-down",
  class: "exposing",
  quorum: 1,
  objectives: { rto: "15m", rpo: "0s" },
  steps: [
    {
      says: "Take {service} out of CloudFlare's proxy: it leads straight to its origin, at the same address",
      do: "unproxyRecords",
      within: 30,
    },
  ],
  losses: [
    "The origin's address is public for ever from now on: archives of DNS keep it after the proxy is back on",
    "Everything that CloudFlare does for {service} while it is bypassed: protection against floods, firewall rules, redirects, cache",
    "The cache: the origin gets the requests that it answered until now",
    "An attack that CloudFlare was stopping reaches the origin: it can't be seen from here before, only in CloudFlare's analytics",
    "Up to 300 s for customers whose resolver still knows the edge's address: nothing shortens that",
  ],
  wayBack:
    "When CloudFlare's edge has been well for a while, going home is proposed: {service} goes through its proxy again. The origin should get a new address afterwards.",
  home: {
    item: "{service} leads straight to its origin, past CloudFlare's proxy; the origin's address is public for ever",
    asks: true,
  },
};
