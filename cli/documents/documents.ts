import { readFileSync } from "node:fs";
import { join } from "node:path";
import { answers, plans } from "../../orchestrations/plans";
import type { Estate } from "../../shared/estate";
import { estateJsonSchema } from "../../shared/estate-json-schema";
import { GENERATED } from "./markdown";
import { planPage } from "./plan-page";
import { plansIndex } from "./plans-index";
import { drillFiles } from "./proof";
import { recoveryDocument } from "./recovery-document";
import { withSettingsTables } from "./settings-tables";

/** The shipped page is of no real company, and says so; everything below is as `switchover document` writes it. */
const SHIPPED = `${GENERATED}

This page is of the sandbox company that ships with Switchover, with its short windows. \`switchover document --config my.yaml\`
prints the page of yours.`;

/** A file that is generated: its path below the repository's root, and what it must say. */
export type Document = { path: string; text: string };

const CONFIGURATION = "docs/configuration.md";

/** Every document that is made from the source and the shipped estate, as it must be committed. */
export function documents(estate: Estate, root: string): Document[] {
  const schema = estateJsonSchema();
  const configuration = readFileSync(join(root, CONFIGURATION), "utf8");
  return [
    { path: "docs/switchover.schema.json", text: `${JSON.stringify(schema, null, 2)}\n` },
    { path: CONFIGURATION, text: withSettingsTables(configuration, schema) },
    { path: "docs/plans/README.md", text: plansIndex(plans, answers, estate) },
    ...plans.map((plan) => ({
      path: `docs/plans/${plan.name}.md`,
      text: planPage(plan, estate, repairsBefore(plan.name)),
    })),
    {
      path: "docs/disaster-recovery.md",
      text: recoveryDocument({
        estate,
        plans,
        answers,
        drills: drillFiles(root),
        last: null,
        internal: false,
        preface: SHIPPED,
      }),
    },
  ];
}

export function repairsBefore(name: string) {
  return plans.filter((plan) => plan.otherwise === name);
}
