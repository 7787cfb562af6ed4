import { modes, startDrill, type Drill } from "../support/drill";
import { renamedEstate, shippedEstate } from "../support/estate";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";
import type { Estate } from "../../shared/estate";

const estates = [
  { name: "the shipped company", make: shippedEstate },
  { name: "a company with every name changed", make: renamedEstate },
];

const armed = (estate: Estate) => {
  estate.policy.automatic.push("balancer-process-down");
};

describe.each(modes)("a load balancer whose process is dead on a living machine, %s", (mode) => {
  let drill: Drill;
  afterEach(async () => drill.end());

  const balancer = () => drill.estate.balancers[0];
  const changes = () => drill.changes().map((one) => `${one.resource} ${one.old}→${one.new}`);
  const started = (from: string) => `service/${balancer()?.name}/${balancer()?.vm?.service} ${from}→active`;
  const asked = async () => {
    const [manager] = drill.estate.people.filter((one) => one.role === "manager").map((one) => one.name);
    await drill.until("the manager is asked", () => hasLink(drill, manager ?? ""), 240_000);
    return manager ?? "";
  };

  it.each(estates)("is started again without asking, where that is armed: $name", async ({ make }) => {
    drill = await startDrill({ mode, estate: make(), tune: armed });
    await drill.advance(31_000);
    drill.company.break("balancer-process-down", "killed");
    await drill.closed(300_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({
      finding: "balancer-process-down",
      system: "load-balancer",
      outcome: "recovered",
      gates: [],
      exposures: [],
      plan: { name: "startBalancer", target: balancer()?.name },
    });
    expect(changes()).toEqual([started("failed")]);
    expect(drill.company.faults().filter((one) => one.active)).toEqual([]);
    await drill.until("customers are served for 30 s", () => drill.company.truth().customers.streak >= 30);
    await checkInvariants(drill);
  });

  it("is started after one approval, where that is not armed", async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
    drill.company.break("balancer-process-down", "killed");
    const manager = await asked();
    expect(drill.changes()).toEqual([]);
    expect((await approve(drill, manager)).status).toBe(303);
    await drill.closed(300_000);
    expect(await drill.incident()).toMatchObject({ outcome: "recovered", gates: [{ state: "granted" }] });
    expect(changes()).toEqual([started("failed")]);
    await checkInvariants(drill);
  });

  it("is asked about, armed or not, when it was stopped cleanly: somebody may be working on it", async () => {
    drill = await startDrill({ mode, tune: armed });
    await drill.advance(31_000);
    drill.company.break("balancer-process-down", "stopped");
    const manager = await asked();
    expect(drill.changes()).toEqual([]);
    const { timeline, plan } = await drill.incident();
    expect(plan?.asks).toContain("was stopped cleanly");
    expect(timeline.map((one) => one.says).join("\n")).toContain("was stopped cleanly");
    expect((await approve(drill, manager)).status).toBe(303);
    await drill.closed(300_000);
    expect((await drill.incident()).outcome).toBe("recovered");
    expect(changes()).toEqual([started("inactive")]);
    await checkInvariants(drill);
  });

  it("is bypassed after an approval, when it does not come up again", async () => {
    drill = await startDrill({ mode, tune: armed });
    await drill.advance(31_000);
    drill.company.break("balancer-process-down", "broken");
    const manager = await asked();
    expect(drill.changes()).toEqual([]);
    expect((await drill.incident()).timeline.map((one) => one.says).join("\n")).toContain("is failed again");
    expect((await approve(drill, manager)).status).toBe(303);
    await drill.closed(300_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({
      finding: "balancer-process-down",
      outcome: "recovered",
      plan: { name: "bypassDeadBalancer" },
    });
    const backup = drill.estate.servers.find((one) => one.role === "backup");
    expect(drill.company.truth().records[0]?.content).toBe(backup?.address);
    await checkInvariants(drill);
  });
});
