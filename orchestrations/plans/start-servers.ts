import type { RecoveryPlan } from "../../shared/recovery-plan";

/** No server serves. Those that stand still are started; when all run and fail alike, it is what they depend on, and nobody acts. */
export const startServers: RecoveryPlan = {
  name: "startServers",
  title: "All API servers are down",
  answers: "all-api-servers-down",
  class: "safe",
  quorum: 1,
  objectives: { rto: "15m", rpo: "0s" },
  steps: [
    {
      says: "Start a server that stands still: its service, or its machine",
      do: "start",
      parts: "all-servers",
      within: 120,
    },
  ],
  losses: [],
  wayBack: "Nothing is left open: HAProxy sends customers to each server once it passes its checks.",
  home: null,
};
