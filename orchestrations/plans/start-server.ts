import type { RecoveryPlan } from "../../shared/recovery-plan";

/** HAProxy has taken a dead server out by itself: customers are served by the others, and it is started again. */
export const startServer: RecoveryPlan = {
  name: "startServer",
  title: "An API server is down",
  answers: "api-server-down",
  class: "safe",
  quorum: 1,
  objectives: { rto: "10m", rpo: "0s" },
  steps: [
    {
      says: "Start {target}: its service, or its machine if that is off",
      do: "start",
      parts: "target",
      within: 120,
    },
  ],
  losses: [],
  wayBack: "Nothing is left open: HAProxy sends customers to {target} again once it passes its checks.",
  home: null,
};
