import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readEstate } from "../adapters/settings/file";
import { planNamed, plans } from "../orchestrations/plans";
import { RecoveryError } from "../shared/errors";
import { spanText } from "../shared/span-text";
import { worstCase } from "../shared/worst-case";
import { repairsBefore } from "./documents/documents";
import { planPage } from "./documents/plan-page";

/** `switchover plans [NAME]`: all plans, a line each; or one as the page that people read, with this estate's windows. */
export async function listPlans(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { config: { type: "string" } },
  });
  const file = values.config ?? process.env["SWITCHOVER_CONFIG"] ?? "switchover.yaml";
  const estate = await readEstate(resolve(file));
  const [name] = positionals;
  if (name !== undefined) {
    const plan = planNamed(name);
    if (plan === undefined) throw noSuchPlan(name);
    return console.log(planPage(plan, estate, repairsBefore(name)));
  }
  const widest = Math.max(...plans.map((plan) => plan.name.length));
  for (const plan of plans) {
    const { total, rto, inTime } = worstCase(plan, estate.policy.windows);
    const time = `${spanText(total)} at worst, objective ${spanText(rto)}${inTime ? "" : ": TOO LONG"}`;
    console.log(`${plan.name.padEnd(widest)}  ${plan.answers}: ${plan.title}`);
    console.log(`${" ".repeat(widest)}  ${plan.class}, ${plan.quorum} to approve; ${time}`);
  }
}

function noSuchPlan(name: string): RecoveryError {
  return new RecoveryError(
    "NO_SUCH_PLAN",
    `"${name.slice(0, 60)}" is no plan.`,
    `Use one of: ${plans.map((plan) => plan.name).join(", ")}.`,
  );
}
