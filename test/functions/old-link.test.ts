import { askPeople } from "../../activities/ask-people";
import { gateAnswer } from "../../functions/edge/gate-answer";
import { pin, pinnedPlan } from "../../shared/ledger/record";
import { openBench, type Bench } from "../support/company";
import { pinnedIncident } from "../support/open-incident";

describe("the page behind a link to an earlier plan", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench();
    bench.pass(10_000);
    bench.company.break("balancer-host-down");
    bench.pass(10_000);
  });
  afterEach(async () => bench.end());

  it("shows the plan that was asked about then, not the one that was pinned since (S-03)", async () => {
    const { world } = bench;
    const { fence } = await pinnedIncident(bench);
    await askPeople({ fence, run: "out" }, world);
    const first = await pinnedPlan(world.ledger, fence.incident, "out");
    if (first === undefined) throw new Error("no plan");
    const plan = { ...first.plan, losses: ["Everything that the second plan loses"] };
    await pin(world.ledger, { run: "out", number: 2, hash: world.digest(plan), plan });

    const { status, body } = await gateAnswer(world, world.links.token(fence.incident, "out-1", "bo"), 200);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain("carries the load alone");
    expect(JSON.stringify(body)).not.toContain("the second plan loses");
  });
});
