import { plans } from "../../../orchestrations/plans";
import { worstCase } from "../../../shared/worst-case";
import { shippedEstate } from "../../support/estate";

const { windows } = shippedEstate().policy;

it.each(plans)("$name keeps its recovery time objective also at worst, with the shipped windows", (plan) => {
  const { total, rto } = worstCase(plan, windows);
  expect(total).toBeLessThanOrEqual(rto);
});

it("counts every step, the verification and the probation", () => {
  const [plan] = plans;
  if (plan === undefined) throw new Error("there is no plan");
  const [step] = plan.steps;
  if (step === undefined) throw new Error("it has no step");
  const slow = { ...plan, steps: [step, step].map((one) => ({ ...one, within: 40 })) };
  const of = (rto: string) =>
    worstCase({ ...slow, objectives: { rto, rpo: "0s" } }, { verify: 7_000, probation: 3_000 });
  expect(of("90s")).toMatchObject({ steps: 80_000, total: 90_000, inTime: true });
  expect(of("89s")).toMatchObject({ total: 90_000, inTime: false });
});
