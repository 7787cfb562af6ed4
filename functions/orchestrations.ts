import * as df from "durable-functions";
import { failBack } from "../orchestrations/fail-back";
import { plans } from "../orchestrations/plans";
import { recover } from "../orchestrations/recover";
import { runPlan } from "../orchestrations/run-plan";
import { vantageName } from "./edge/role";

if (vantageName() === undefined) {
  df.app.orchestration("recover", recover);
  df.app.orchestration("failBack", failBack);
  for (const plan of plans) df.app.orchestration(plan.name, runPlan);
}
