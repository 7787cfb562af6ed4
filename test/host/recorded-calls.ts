/** Instances that were started between the recorded calls, by the number of the call that they precede. */
export const before: Record<number, [orchestrator: string, id: string, input?: unknown][]> = {
  31: [
    ["throwact", "t-act"],
    ["orchthrow", "t-orch"],
  ],
  36: [["waiter", "t-term"]],
  42: [["waiter", "t-term2"]],
  44: [["waiter", "t-susp"]],
  56: ["ok", "empty", "null", "txt", "form", "noct", "bad", "other"].map((end) => ["waiter", `e-${end}`]),
  128: [
    ["hello", "p-c1"],
    ["hello", "p-c2"],
    ["throwact", "p-fail"],
    ["waiter", "p-run"],
  ],
  131: [
    ["hello", "r-c1"],
    ["hello", "r-c2"],
    ["waiter", "r-run"],
  ],
  136: [["hello", "k1"]],
  148: [["custom", "cs1"]],
  151: [["hello", "pend0"]],
  152: [["hello", "pend1"]],
  153: [["hello", "pend2"]],
  179: [["waiter", "ov-susp"]],
  180: [["orchthrow", "ov-fail"]],
  182: [["waiter", "ov-term"]],
  183: [["hello", "ov-pend"]],
  184: [["waiter", "js-run"]],
  187: [
    ["waiter", "d-ct"],
    ["waiter", "d-ct2"],
    ["waiter", "d-ct3"],
  ],
  191: [["retry", "sc-retry-third-ok", { key: "r3", okAt: 3 }]],
  192: [["fan", "sc-fan-out", ""]],
  193: [["can", "sc-continue-as-new", 0]],
  194: [["parentCatch", "sc-sub-orchestration-throws", ""]],
};

/** These are looked at while they are pending. */
export const notYetRun = new Set([151, 152, 153, 183]);

/** What else happened between two calls. */
export const operations: Record<number, string> = {
  179: "instances/ov-susp/suspend?reason=r",
  182: "instances/ov-term/terminate?reason=r",
};

/** Where this host differs on purpose, with its own status; host/README.md has the reasons. */
export const differs: Record<number, { status: number; why: string }> = {
  104: { status: 404, why: "purge by filter never removes what runs" },
  112: { status: 404, why: "there is no page at the root" },
  127: { status: 202, why: "purge by filter never removed what runs" },
  129: { status: 404, why: "purge by filter never removes what runs" },
  130: { status: 200, why: "purge by filter never removed what runs" },
  131: { status: 200, why: "more is left, because purge by filter removed less" },
  134: { status: 200, why: "more is left, because purge by filter removed less" },
  135: { status: 200, why: "purge by filter never removed what runs" },
  195: { status: 404, why: "an unknown activity fails; see the scenario activity-unknown" },
};
