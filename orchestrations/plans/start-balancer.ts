import type { RecoveryPlan } from "../../shared/recovery-plan";

/** The machine runs and HAProxy doesn't: it is started again before anything is moved. */
export const startBalancer: RecoveryPlan = {
  name: "startBalancer",
  title: "The load balancer's process is dead",
  answers: "balancer-process-down",
  class: "safe",
  quorum: 1,
  objectives: { rto: "5m", rpo: "0s" },
  steps: [
    { says: "Start the load balancer's service on {target} again", do: "start", parts: "target", within: 90 },
  ],
  losses: [
    "What was set in HAProxy at run time, such as a drained server: a new process begins as its file says",
  ],
  wayBack: "Nothing is left open: it runs as before. Should it not help, leading customers past it is next.",
  home: null,
  otherwise: "bypassDeadBalancer",
};
