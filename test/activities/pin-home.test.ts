import { applyStep } from "../../activities/apply-step";
import { closeIncident } from "../../activities/close-incident";
import { pinHome } from "../../activities/pin-home";
import { readItem } from "../../shared/ledger/items";
import { pinnedPlan } from "../../shared/ledger/record";
import { openBench, type Bench } from "../support/company";
import { pinnedIncident } from "../support/open-incident";

describe("the way home from a drained server", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench();
    bench.pass(10_000);
    bench.company.break("api-server-sick");
    bench.pass(10_000);
  });
  afterEach(async () => bench.end());

  it("undoes the plan's steps, and leaves nothing open of its own", async () => {
    const { fence, pinned } = await pinnedIncident(bench);
    const warrant = { kind: "automatic" } as const;
    const step = { fence, run: "out", hash: pinned.hash, step: "s1", warrant, direction: "do" } as const;
    expect(await applyStep(step, bench.world)).toMatchObject({ outcome: "done" });
    const says = "Drained.";
    await closeIncident({ fence, outcome: "recovered", says, line: "end" }, bench.world);
    const item = await readItem(bench.world.ledger, fence.incident);
    if (item === undefined) throw new Error("nothing stayed open");
    await pinHome({ fence: item }, bench.world);
    const out = await pinnedPlan(bench.world.ledger, fence.incident, "out");
    const home = await pinnedPlan(bench.world.ledger, fence.incident, "home");
    expect(out?.plan.home).toMatchObject({ asks: false });
    expect(home?.plan).toMatchObject({ home: null, steps: [{ id: "s1h", change: { new: "ready" } }] });
  });
});
