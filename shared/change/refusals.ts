import type { StepTemplate } from "../recovery-plan";

/**
 * Why a step is refused although its plan was approved, in sentences for the plan's page. The checks
 * themselves are in activities/apply-step.ts and in the file of each kind of change beside this one.
 */
export const everyStepIsRefusedWhen = [
  "Switchover is stopped, the system is held, or another recovery has taken this one over",
  "the approval is missing, was taken back, is too old, or was given for other values than these",
  "what would be changed is no longer what it was when the plan was shown: somebody changed it by hand",
];

/** Only the kinds that have checks of their own; those without one have the checks of every step. */
export const stepIsRefusedWhen: { readonly [K in StepTemplate["do"]]?: readonly string[] } = {
  setServerState: [
    "a server would be taken out and no other healthy one is left to serve customers",
    "a server would be put back and is not healthy now, as the vantages see it",
    "no load balancer answers for the server, or it is in that state already",
  ],
  pointRecord: [
    "nothing healthy is left to lead customers to, or what was chosen is not healthy any more",
    "no record leads to the broken part any more",
    "customers would be led past a load balancer while an attack is in progress",
    "CloudFlare's API does not answer when the plan is made",
  ],
  unproxyRecords: [
    "an attack is in progress, or a load balancer does not say how busy it is, so that none can be ruled out",
    "the origin does not serve under the service's own name when the vantages reach it directly",
    "a record leads to an address that is no part of the estate",
    "CloudFlare's API does not answer when the plan is made",
    "on the way home: CloudFlare's edge does not pass requests on to the origin",
  ],
  setSecurityLevel: [
    "the service does not go through CloudFlare's proxy, or the level is set already",
    "CloudFlare's API does not answer when the plan is made",
    "on the way home: an attack still reaches a load balancer, or customers are not served",
  ],
  start: [
    "somebody drained the server, put it into maintenance, or switched its machine off on purpose (deallocated)",
    "it runs already: what it has is not cured by a start",
    "the configuration doesn't say which machine it runs on, or Azure's control plane does not answer",
  ],
  restoreRecords: [
    "the records were never seen while customers were served, or led to what is no part of the estate any more",
    "what they led to is not healthy now, as the vantages see it",
    "no known record leads out of the estate; one that is missing or extra is neither created nor deleted",
    "the DNS provider's API does not answer",
  ],
};
