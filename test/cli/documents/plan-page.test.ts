import { planPage } from "../../../cli/documents/plan-page";
import { plansIndex } from "../../../cli/documents/plans-index";
import { answers, plans } from "../../../orchestrations/plans";
import type { Finding } from "../../../shared/finding";
import type { RecoveryPlan, StepTemplate } from "../../../shared/recovery-plan";
import { shippedEstate } from "../../support/estate";

const estate = shippedEstate();

/** A plan of tomorrow: kinds of steps, and words in its sentences, that nobody knew when the page was written. */
const plan: RecoveryPlan = {
  name: "moveEverything",
  title: "The region is gone",
  answers: "database-region-down",
  class: "lossy",
  quorum: 2,
  objectives: { rto: "1h", rpo: "5m" },
  steps: [
    { says: "Pause {worker}", do: "pauseQueue", queues: ["in", "out"], within: 90 },
    { says: "Restore {target} at {newPlace}", do: "restore", options: { tier: "S3" }, within: 600 },
  ] as unknown as StepTemplate[],
  losses: ["What was written in the last minutes"],
  wayBack: "There is none: {target} is rebuilt by hand.",
  home: null,
  otherwise: "askTheVendor",
};
const page = planPage(plan, estate, []);

it("says each step with what it changes, also of kinds that nobody knew", () => {
  expect(page).toContain(
    "1. Pause the worker.\n   Changes: pause queue (queues in and out). At most 1 min 30 s.",
  );
  expect(page).toContain(
    "2. Restore the part at the new place.\n   Changes: restore (options tier S3). At most 10 min.",
  );
  expect(page).not.toMatch(/[{}]|undefined|\[object/);
});

it("says who must agree, what is lost, and what comes next", () => {
  expect(page).toContain(
    "2 different people. Asked: on-call and manager at once, then developer after 15 min",
  );
  expect(page).toContain("at most the last 5 min of data");
  expect(page).toContain("- What was written in the last minutes.");
  expect(page).toContain("[the next plan](askTheVendor.md)");
  expect(page).toContain("nothing stays open afterwards");
});

it("adds up the steps and the windows, and says when that is more than the objective", () => {
  expect(page).toContain("| **together** | **12 min 25 s** |");
  expect(page).toContain("That is within the objective.");
  const tight = planPage({ ...plan, objectives: { rto: "12m", rpo: "0s" } }, estate, []);
  expect(tight).toContain("**That is 25 s more than the objective allows.**");
});

it("says that a plan is tried after a repair that did not cure", () => {
  const repair = { ...plan, name: "restartIt", title: "A restart" };
  const when = "| Proposed when |";
  expect(planPage(plan, estate, [repair])).toContain(`${when} [A restart](restartIt.md) did not cure it |`);
  const ofAnother = { ...repair, answers: "database-dropped" as const };
  expect(planPage(plan, estate, [ofAnother])).toContain(
    `${when} the diagnosis is \`database-region-down\`; or when [A restart]`,
  );
});

it("lists every finding once: by its plan, or by the sentence why nobody acts", () => {
  const index = plansIndex(plans, answers, estate);
  for (const finding of Object.keys(answers) as Finding[]) {
    expect(index.split(`| \`${finding}\` |`)).toHaveLength(2);
    const answer = answers[finding];
    expect(index).toContain("nobody" in answer ? answer.nobody : `](${answer.name}.md)`);
  }
});
