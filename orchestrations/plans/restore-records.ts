import type { RecoveryPlan } from "../../shared/recovery-plan";

/** The records lead out of the estate: a slip, an accident, or somebody who has no business there. */
export const restoreRecords: RecoveryPlan = {
  name: "restoreRecords",
  title: "The DNS records lead out of the estate",
  answers: "dns-wrong-records",
  class: "exposing",
  quorum: 1,
  objectives: { rto: "15m", rpo: "0s" },
  steps: [
    {
      says: "Point {service} back to where it led when customers were last served",
      do: "restoreRecords",
      within: 30,
    },
  ],
  losses: ["What was set, if somebody meant it: ask whoever changes DNS before you approve"],
  wayBack:
    "What was there is written down with the step, and a person can set it again at the provider. If nobody owns the change, renew the provider's tokens and read its log.",
  home: null,
};
