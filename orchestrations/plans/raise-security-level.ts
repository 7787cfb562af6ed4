import type { RecoveryPlan } from "../../shared/recovery-plan";

/**
 * An attack goes through CloudFlare: it is told to check every browser before it lets it in. Safe, because it takes
 * seconds to do and to undo, exposes nothing and moves no data, so a company may arm it; what it costs is in its
 * losses, and a company whose customers are programs should leave it to people.
 */
export const raiseSecurityLevel: RecoveryPlan = {
  name: "raiseSecurityLevel",
  title: "The service is under attack",
  answers: "under-attack",
  class: "safe",
  quorum: 1,
  objectives: { rto: "10m", rpo: "0s" },
  steps: [
    {
      says: "Set CloudFlare's security level to under_attack for the whole zone of {service}",
      do: "setSecurityLevel",
      to: "under_attack",
      within: 15,
    },
  ],
  losses: [
    "Every browser waits some seconds for a check before its first page",
    "Programs can't pass that check: API clients, partners and monitoring are refused, unless a rule in CloudFlare lets them by; the vantages need such a rule too",
    "It is for all names of the zone, not only for {service}",
  ],
  wayBack:
    "When customers are served and nothing unusual has reached the balancer for a while, going home is proposed: the old level. Whether the attack is over is in CloudFlare's analytics only: look there first.",
  home: { item: "CloudFlare's security level is under_attack for the zone of {service}", asks: true },
};
