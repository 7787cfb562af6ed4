import type { RecoveryPlan } from "../../shared/recovery-plan";

/** HAProxy's own check passes, customers get errors: HAProxy is blind to it, so we take the server out. */
export const drainSickServer: RecoveryPlan = {
  name: "drainSickServer",
  title: "An API server passes its health check, but fails customers",
  answers: "api-server-sick",
  class: "safe",
  quorum: 1,
  objectives: { rto: "5m", rpo: "0s" },
  steps: [
    {
      says: "Drain {target} in the load balancer: requests under way finish, new ones go to the other servers",
      do: "setServerState",
      to: "drain",
      within: 10,
    },
  ],
  losses: ["The capacity of {target}, until it is well again"],
  wayBack:
    "{target} is set ready again as soon as it has served customers' requests well for a while; a person can do so at any time.",
  home: { item: "{target} is drained in the load balancer", asks: false },
};
