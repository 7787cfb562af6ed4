import { everyStepIsRefusedWhen, stepIsRefusedWhen } from "../../shared/change/refusals";
import { movesRecords } from "../../shared/cached-for";
import type { Estate } from "../../shared/estate";
import { milliseconds } from "../../shared/span";
import { systemOf } from "../../shared/finding";
import type { RecoveryPlan, StepTemplate } from "../../shared/recovery-plan";
import { spanText } from "../../shared/span-text";
import { worstCase } from "../../shared/worst-case";
import { GENERATED, list, numbered, page, sentence, table } from "./markdown";
import { changeOf, inGeneral } from "./plan-words";
import { whoSaysYes } from "./who-says-yes";

/**
 * A plan as a page that a manager reads before the bad day. Everything on it is from the plan's data and the
 * estate's windows, so that a plan written tomorrow has its page without a change here. `repairs`: the plans
 * of which this one is tried next when they did not cure.
 */
export function planPage(plan: RecoveryPlan, estate: Estate, repairs: RecoveryPlan[]): string {
  const general = (text: string) => inGeneral(text, plan, estate);
  return page([
    GENERATED,
    `# ${plan.title}`,
    table(["", ""], summary(plan, estate, repairs)),
    "## What is done, in this order",
    numbered(plan.steps.map((step) => stepLine(step, general))),
    "The exact values, old and new, are read from the company when the plan is made. They are what people are shown, and nothing else is carried out.",
    "## What refuses it, although it was approved",
    list(refusals(plan).map(sentence)),
    "A plan that is refused changes nothing more; what was done before it is taken back where that is safe, and people are told.",
    "## What is lost meanwhile",
    plan.losses.length === 0 ? "Nothing." : list(plan.losses.map(general)),
    "## How it is seen to work",
    working(plan, estate),
    "## The way back",
    general(plan.wayBack),
    goingHome(plan, estate),
    "## How long it takes at worst",
    timing(plan, estate),
  ]);
}

function summary(plan: RecoveryPlan, estate: Estate, repairs: RecoveryPlan[]): string[][] {
  const after = repairs.map(({ name, title }) => `[${title}](${name}.md) did not cure it`);
  // What follows a repair of the same finding is not what the diagnosis alone leads to.
  const direct = repairs.some((one) => one.answers === plan.answers)
    ? []
    : [`the diagnosis is \`${plan.answers}\``];
  return [
    ["Answers", `\`${plan.answers}\`, of the system ${systemOf[plan.answers]}`],
    ["Proposed when", [...direct, ...after].join("; or when ")],
    ["Class", classWords(plan)],
    ["Who must say yes", whoSaysYes(plan, estate)],
    ["Recovery time objective", spanText(milliseconds(plan.objectives.rto))],
    ["Recovery point objective", rpoText(plan)],
    ["If it does not cure", nextText(plan)],
    ["Its name in the record", `\`${plan.name}\``],
  ];
}

function classWords({ class: of }: RecoveryPlan): string {
  switch (of) {
    case "safe":
      return "safe: nothing is exposed, no data is lost, and it can be taken back";
    case "exposing":
      return "exposing: while it is in force, the service has less protection or less in reserve than before";
    case "lossy":
      return "lossy: something may be lost for good";
  }
}

export function rpoText({ objectives }: RecoveryPlan): string {
  const rpo = milliseconds(objectives.rpo);
  return rpo === 0 ? "nothing is lost" : `at most the last ${spanText(rpo)} of data`;
}

function nextText({ otherwise, home }: RecoveryPlan): string {
  return otherwise === undefined
    ? `${home === null ? "what it repaired stays so" : "its steps are taken back where that is safe"}, and people take over`
    : `[the next plan](${otherwise}.md) is proposed`;
}

function stepLine(step: StepTemplate, general: (text: string) => string): string {
  return `${general(step.says)}\n   Changes: ${changeOf(step)}. At most ${spanText(step.within * 1_000)}.`;
}

function refusals(plan: RecoveryPlan): string[] {
  const kinds = [...new Set(plan.steps.map((step) => step.do))];
  return [...new Set([...everyStepIsRefusedWhen, ...kinds.flatMap((kind) => stepIsRefusedWhen[kind] ?? [])])];
}

function working(plan: RecoveryPlan, { policy: { windows } }: Estate): string {
  return `Each change is read back. Then the vantages that raised the alarm look every ${spanText(windows.verifyEvery)} for ${spanText(
    windows.verify,
  )} at most, until customers are served twice in a row. After that they watch for ${spanText(
    windows.probation,
  )}; only then it counts. If customers are not served, or fail again, ${plan.home === null ? "what was repaired stays so, and the next plan or people take over" : "the steps are taken back, unless that would lead customers to something sick"}.${plan.steps.some(movesRecords) ? CACHES : ""}`;
}

const CACHES =
  " Where a record that is not proxied changes, resolvers may give the old address until its TTL is over: the vantages then look that much longer, an hour at most, and which resolvers still give it is said.";

function goingHome(plan: RecoveryPlan, estate: Estate): string {
  if (plan.home === null) return "It repairs: nothing stays open afterwards.";
  const well = spanText(estate.policy.windows.wellFor);
  const asks = plan.home.asks
    ? "people are asked, and going home is carried out only when they agree"
    : "it is put back without asking";
  return `Until then this stays open, with an owner: ${inGeneral(plan.home.item, plan, estate)} When the part has been well for ${well}, ${asks}.`;
}

function timing(plan: RecoveryPlan, estate: Estate): string {
  const worst = worstCase(plan, estate.policy.windows);
  const rows = [
    ...plan.steps.map((step, at) => [`step ${at + 1}`, spanText(step.within * 1_000)]),
    ["verification", spanText(worst.verify)],
    ["probation", spanText(worst.probation)],
    ["**together**", `**${spanText(worst.total)}**`],
    ["recovery time objective", spanText(worst.rto)],
  ];
  const verdict = worst.inTime
    ? "That is within the objective."
    : `**That is ${spanText(worst.total - worst.rto)} more than the objective allows.**`;
  return `${table(["part", "at most"], rows)}

${verdict} It is the sum of what each step may take and of the windows of \`policy.windows\`; customers are usually served long before,
as soon as the last step is in force. Not in it: the diagnosis (a person is asked after ${spanText(
    estate.policy.windows.classifyByHand,
  )} without a clear one), and the time in
which people decide (a question stays open for ${spanText(estate.policy.gateExpiresAfter)}).`;
}
