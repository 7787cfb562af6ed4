import type { RecoveryPlan } from "../../shared/recovery-plan";

/** The load balancer's machine is gone: DNS leads past it, to the first healthy of what can serve. */
export const bypassDeadBalancer: RecoveryPlan = {
  name: "bypassDeadBalancer",
  title: "The load balancer is gone",
  answers: "balancer-host-down",
  class: "exposing",
  quorum: 1,
  objectives: { rto: "15m", rpo: "0s" },
  steps: [{ says: "Point {service} at {to} instead of {target}", do: "pointRecord", within: 30 }],
  losses: [
    "Behind a single server: nobody takes it out when it fails, and it carries the load alone",
    "Rules that only the load balancer applies (limits, redirects, headers) while it is bypassed",
  ],
  wayBack:
    "When {target} has been well for a while, going home is proposed: the records lead to {target} again.",
  home: { item: "{service} leads to {to}, past {target}", asks: true },
};
