import type { Estate } from "../../shared/estate";
import { systems, systemOf, type Finding, type System } from "../../shared/finding";
import type { RecoveryPlan } from "../../shared/recovery-plan";
import { spanText } from "../../shared/span-text";
import { targetsOf } from "../../shared/targets";
import { worstCase } from "../../shared/worst-case";
import { drawing } from "./drawing";
import type { LastRecoveries } from "./last-recoveries";
import { list, numbered, page, table } from "./markdown";
import { parts, people } from "./estate-tables";
import { rpoText } from "./plan-page";
import { inGeneral, inProse } from "./plan-words";
import type { Answers } from "./plans-index";
import { proofsOf, type TestFile } from "./proof";
import { askedInTurn, whoSaysYes } from "./who-says-yes";

export type RecoveryDocument = {
  estate: Estate;
  plans: RecoveryPlan[];
  answers: Answers;
  drills: TestFile[];
  /** From the company's own ledger; null when none was looked at. */
  last: LastRecoveries | null;
  /** With addresses and people's names: for the company's own people, never for its customers. */
  internal: boolean;
  /** What stands first, such as who has written this. */
  preface: string;
};

/**
 * The disaster-recovery document that a company shows its customers: made from its configuration and the very
 * plans that are carried out, so that it can't say what isn't so. Without `internal` it has no address inside
 * the company, no person and no credential.
 */
export function recoveryDocument(of: RecoveryDocument): string {
  const { estate, internal } = of;
  const { company, service } = estate;
  const covered = of.plans.filter((plan) => isCovered(systemOf[plan.answers], estate));
  return page([
    `# Disaster recovery: ${company}`,
    of.preface,
    `What happens when a part of ${service.hostname} fails: how it is noticed, what is done, who decides, how long it takes at worst, and what has proved it.`,
    "## The service",
    drawing(estate),
    "Drawn through is the way of a request on a good day; dotted is what takes over, and who looks from outside.",
    parts(estate, internal),
    "## How a failure is noticed",
    noticing(estate),
    "## Who decides",
    deciding(estate, covered),
    people(estate, internal),
    "## Objectives",
    objectives(estate, covered),
    "## What is done",
    ...covered.map((plan) => scenario(plan, estate)),
    "## What people do themselves",
    "For these nothing is changed automatically. People are told, with the evidence:",
    byHand(of.answers, estate),
    notCovered(estate),
    "## What has proved it",
    proof({ ...of, plans: covered }),
  ]);
}

function noticing({ vantages, policy: { windows } }: Estate): string {
  return list([
    `${vantages.length} vantages outside the company look at the service as customers do, and at each part; the company's own monitoring (Nagios) reports what it sees. One place alone is never believed: two must agree. When everything looks broken at once, the observers are suspected first, and nothing is done.`,
    `What looks broken is looked at again after ${spanText(windows.secondLook)}. If it is still broken, an incident is open, and the engineer on call is told at once.`,
    `If it is not clear after ${spanText(windows.classifyByHand)} what it is, the engineer on call is asked; after ${spanText(windows.escalate)} without an answer everybody is told.`,
    "After every change the same vantages look whether customers are served, and watch for a while before it counts. What does not help is taken back.",
  ]);
}

function deciding(estate: Estate, plans: RecoveryPlan[]): string {
  const { policy } = estate;
  const armed = plans.filter((plan) => plan.class === "safe" && policy.automatic.includes(plan.answers));
  const alone = armed.map((plan) => `"${plan.title}"`).join(", ");
  return list([
    armed.length === 0
      ? "Nothing is done without people."
      : `Without asking, ${policy.automaticPerHour} times an hour at most, and only when the diagnosis is confirmed: ${alone}.`,
    `Everything else is put to people, who see the exact change before they decide: ${askedInTurn(estate)}. Whoever asked for a change can't approve it.`,
    `A question stays open for ${spanText(policy.gateExpiresAfter)}. Without an answer nothing is done.`,
    "Anybody who may decide can stop everything, or have one system left alone.",
  ]);
}

function objectives(estate: Estate, plans: RecoveryPlan[]): string {
  const rows = plans.map((plan) => {
    const { total, rto, inTime } = worstCase(plan, estate.policy.windows);
    const worst = `${spanText(total)}${inTime ? "" : " **(too long)**"}`;
    return [plan.title, spanText(rto), worst, rpoText(plan)];
  });
  return [
    table(["when", "recovered within (RTO)", "at worst", "data lost at most (RPO)"], rows),
    "",
    "At worst is the sum of what each step may take, of the time to verify and of the time to watch afterwards. It begins when it is decided; the time in which people decide comes before it.",
  ].join("\n");
}

function scenario(plan: RecoveryPlan, estate: Estate): string {
  const general = (text: string) => inGeneral(text, plan, estate);
  return page([
    `### ${plan.title}`,
    numbered(plan.steps.map((step) => general(step.says))),
    table(
      ["", ""],
      [
        ["Who must say yes", whoSaysYes(plan, estate)],
        ["Lost meanwhile", plan.losses.map(general).join(" ") || "Nothing."],
        ["The way back", general(plan.wayBack)],
      ],
    ),
  ]).trimEnd();
}

function byHand(answers: Answers, estate: Estate): string {
  const findings = Object.keys(answers) as Finding[];
  const rows = systems
    .filter((system) => system === "observers" || isCovered(system, estate))
    .flatMap((system) =>
      findings
        .filter((finding) => systemOf[finding] === system && finding !== "healthy")
        .flatMap((finding) => {
          const answer = answers[finding];
          return "nobody" in answer ? [[inProse(system), inProse(finding), answer.nobody]] : [];
        }),
    );
  return table(["system", "what is found", "why nothing is changed"], rows);
}

/** A system of which the estate names no part is not looked at: to list what may be found there would be untrue. */
function isCovered(system: System, estate: Estate): boolean {
  return (Object.keys(systemOf) as Finding[]).some(
    (finding) => systemOf[finding] === system && targetsOf(finding, estate).names.length > 0,
  );
}

function notCovered(estate: Estate): string {
  const without = systems.filter((system) => system !== "observers" && !isCovered(system, estate));
  if (without.length === 0) return "";
  return `Not part of this, because it is not looked at: ${without.map(inProse).join(", ")}. What fails there is seen only by what customers and servers show of it.`;
}

function proof({ plans, drills, last }: RecoveryDocument): string {
  const rows = plans.map((plan) => {
    const at = last?.get(plan.answers)?.slice(0, 10);
    return [
      plan.title,
      proofsOf(plan, drills) || "**no drill yet**",
      ...(last === null ? [] : [at ?? "never yet"]),
    ];
  });
  const drilled =
    drills.length === 0
      ? "The drills are not part of this installation, so none can be named here."
      : "The drills break a whole simulated company and let the recovery run from the alert to the end; each change of Switchover must pass them all.";
  const earnest =
    last === null
      ? "When this company itself last recovered by a plan is not said here, because no ledger of a company was looked at."
      : "The last column is from this company's own ledger: the last time, in earnest or in a drill, that the plan ended as recovered.";
  const head = ["when", "drills", ...(last === null ? [] : ["last recovered"])];
  return [drilled, earnest, "", table(head, rows)].join("\n");
}
