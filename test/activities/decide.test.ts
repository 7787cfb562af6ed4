import { applyStep } from "../../activities/apply-step";
import { decide } from "../../activities/decide";
import { openBench, type Bench } from "../support/company";
import { pinnedIncident } from "../support/open-incident";

describe("whether people are asked about a plan that is safe, armed and confirmed", () => {
  let bench: Bench;
  const decided = async (requestedBy: string | null) => {
    const { fence, pinned } = await pinnedIncident(bench, "inc-20260301080000-test", requestedBy);
    const answer = await decide({ fence, run: "out", confidence: "confirmed" }, bench.world);
    return { fence, pinned, answer };
  };
  beforeEach(() => {
    bench = openBench();
    bench.pass(10_000);
    bench.company.break("api-server-sick");
    bench.pass(10_000);
  });
  afterEach(async () => bench.end());

  it("no, when the evidence alone led to it", async () => {
    expect((await decided(null)).answer.warrant).toEqual({ kind: "automatic" });
  });

  it("yes, when a person wanted it or said what it is: nobody acts alone", async () => {
    const { answer, fence, pinned } = await decided("ann");
    expect(answer).toMatchObject({ warrant: { kind: "gate", gate: "out-1" } });
    expect(answer.because).toContain("ann");
    const step = { fence, run: "out", hash: pinned.hash, step: "s1", direction: "do" } as const;
    const alone = await applyStep({ ...step, warrant: { kind: "automatic" } }, bench.world);
    expect(alone).toMatchObject({ refused: "NOT_ARMED" });
    expect(bench.company.effects()).toEqual([]);
  });
});
