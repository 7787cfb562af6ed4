import { consolePage, gateGonePage, gatePage, incidentPage, signInPage } from "../../console";
import { disagreement } from "../../shared/disagreement";
import { sampleDispute } from "./sample-dispute";
import { HASH, NOW, sampleConsole, sampleGateView, sampleIncident } from "./samples";

/** Every page, in every state it can be in: what must hold for each is tested on this list. */
export function samplePages(): Record<string, string> {
  const view = sampleGateView();
  const { gate } = view;
  const yourVote = {
    person: "bo",
    vote: "reject" as const,
    reason: "lb-1 comes back in 2 minutes",
    at: NOW,
    planHash: HASH,
  };
  const night = sampleConsole();
  const well = night.systems.map((one) => ({
    ...one,
    state: "healthy" as const,
    says: "Answers.",
    by: [{ who: "warsaw", saw: "healthy" as const }],
  }));
  return {
    gate: gatePage(view),
    "gate-lossy": gatePage({ ...view, plan: { ...view.plan, class: "lossy", losses: [] } }),
    "gate-wrong-code": gatePage({
      ...view,
      problem: { field: "code", says: "That code is wrong, or it was used already. Wait for the next one." },
    }),
    "gate-no-reason": gatePage({ ...view, problem: { field: "reason", says: "Say why, in a few words." } }),
    "gate-old-form": gatePage({
      ...view,
      problem: { field: "form", says: "The form was too old. Read the page again and decide." },
    }),
    "gate-voted": gatePage({ ...view, yourVote: { ...yourVote, vote: "approve", reason: null } }),
    "gate-late": gatePage({ ...view, now: "2027-03-14T02:40:00.000Z" }),
    "gate-granted": gatePage({
      ...view,
      gate: {
        ...gate,
        state: "granted",
        decidedAt: NOW,
        says: "Two people approved, so the plan began.",
        votes: [...gate.votes, { ...yourVote, person: "ann", vote: "approve", reason: null }],
      },
    }),
    "gate-refused": gatePage({
      ...view,
      yourVote,
      gate: {
        ...gate,
        state: "refused",
        decidedAt: NOW,
        says: "Nothing was changed.",
        votes: [...gate.votes, yourVote],
      },
    }),
    "gate-expired": gatePage({
      ...view,
      gate: {
        ...gate,
        state: "expired",
        decidedAt: NOW,
        says: "Nobody decided in time, so nothing was changed.",
      },
    }),
    "gate-void": gatePage({
      ...view,
      gate: {
        ...gate,
        state: "void",
        decidedAt: NOW,
        says: "The company healed by itself, so nothing had to be done.",
      },
    }),
    gone: gateGonePage({ company: view.company, says: "It has expired, or it was never one of ours." }),
    "gate-recovery-used": gatePage({
      ...view,
      problem: { field: "recovery", says: "That is no recovery code of yours, or it was used already." },
    }),
    "gate-signed-in": gatePage({
      ...view,
      signIn: { fresh: true, url: "/.auth/login/aad?post_login_redirect_uri=%2Fgates%2Fx" },
    }),
    "sign-in": signInPage({
      company: view.company,
      says: "This is for operators: it needs a key or a sign-in.",
      hint: "Send the key of auth.apiKey in the header x-switchover-key, or sign in.",
      signInUrl: "/.auth/login/aad?post_login_redirect_uri=%2F",
      keyHeader: "x-switchover-key",
    }),
    console: consolePage(night),
    "console-calm": consolePage({ ...night, open: [], systems: well, incidents: night.incidents.slice(1) }),
    "console-new": consolePage({ ...night, open: [], systems: [], incidents: [], lastLookAt: null }),
    "console-stopped": consolePage({
      ...night,
      stop: { by: "Ann Nowak", reason: "A release is going out", at: "2027-03-14T02:01:00.000Z" },
    }),
    "console-disputed": consolePage({ ...night, disagreement: disagreement(sampleDispute()) }),
    "incident-disputed": incidentPage(
      { ...sampleIncident(), observations: sampleDispute() },
      view.company,
      NOW,
    ),
    incident: incidentPage(sampleIncident(), view.company, NOW),
    "incident-new": incidentPage(
      {
        ...sampleIncident(),
        finding: null,
        system: null,
        state: "diagnosing",
        timeline: [],
        observations: [],
        plan: null,
        gates: [],
        exposures: [],
        effects: [],
      },
      view.company,
      NOW,
    ),
  };
}
