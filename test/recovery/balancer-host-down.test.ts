import { modes, startDrill, type Drill } from "../support/drill";
import { renamedEstate, shippedEstate } from "../support/estate";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

const estates = [
  { name: "the shipped company", make: shippedEstate },
  { name: "a company with every name changed", make: renamedEstate },
];

describe.each(modes)("a load balancer that is gone, %s", (mode) => {
  let drill: Drill;
  afterEach(async () => drill.end());

  it.each(estates)("is bypassed after one approval, and going home is asked for: $name", async ({ make }) => {
    drill = await startDrill({ mode, estate: make() });
    const [manager] = drill.estate.people.filter((one) => one.role === "manager").map((one) => one.name);
    const backup = drill.estate.servers.find((one) => one.role === "backup");
    const balancer = drill.estate.balancers[0];
    await drill.advance(31_000);

    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, manager ?? ""));
    expect((await drill.incident()).state).toBe("awaiting-approval");
    expect(drill.company.effects()).toEqual([]);

    const answer = await approve(drill, manager ?? "");
    expect(answer.status).toBe(303);
    await drill.closed();
    const incident = await drill.incident();
    expect(incident).toMatchObject({
      finding: "balancer-host-down",
      outcome: "recovered",
      system: "load-balancer",
    });
    expect(incident.gates).toMatchObject([
      { state: "granted", votes: [{ person: manager, vote: "approve" }] },
    ]);
    expect(drill.company.truth().records[0]?.content).toBe(backup?.address);
    await drill.until("customers are served for 30 s", () => drill.company.truth().customers.streak >= 30);

    drill.company.heal("balancer-host-down");
    await drill.until(
      "going home is asked for",
      async () => (await drill.incident(incident.id)).gates.length === 2,
      120_000,
    );
    expect(drill.company.truth().records[0]?.content).toBe(backup?.address);
    await drill.advance(31_000);
    expect((await approve(drill, manager ?? "")).status).toBe(303);
    await drill.until(
      "it is home",
      async () => (await drill.incident(incident.id)).exposures[0]?.closedAt !== null,
    );
    expect(drill.company.truth().records[0]?.content).toBe(balancer?.address);
    await checkInvariants(drill);
  });
});
