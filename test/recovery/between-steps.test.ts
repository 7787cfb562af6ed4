import { listIncidents } from "../../shared/ledger/incidents";
import { pin, pinnedPlan } from "../../shared/ledger/record";
import type { PinnedPlan } from "../../shared/plan";
import { modes, startDrill, storyOf, type Drill } from "../support/drill";
import { shippedEstate } from "../support/estate";
import { endRightly } from "../support/invariants";
import { approve, hasLink, openLink } from "../support/people";

/** The shipped plans have one step each. This one has two: it drains two of three servers, by people's approval. */
function threeServers() {
  const estate = shippedEstate();
  estate.servers.push({ name: "api-third", address: "127.77.2.30", port: 8080, role: "main" });
  estate.policy.automatic = [];
  return estate;
}

function withSecondStep(plan: PinnedPlan): PinnedPlan {
  const [first] = plan.steps;
  if (first === undefined || first.change.do !== "setServerState" || "none" in first.undo)
    throw new Error("another plan");
  const change = { ...first.change, server: "api-third" };
  const undo = { ...change, old: change.new, new: change.old };
  return { ...plan, steps: [first, { ...first, id: "s2", change, undo }] };
}

describe.each(modes)("between the two steps of a plan, %s", (mode) => {
  let drill: Drill;
  let veto: Awaited<ReturnType<typeof openLink>>;

  /** Runs the plan; `meanwhile` happens once, right after the first step is in force. */
  const run = async (meanwhile: () => Promise<unknown>) => {
    drill.company.break("api-server-sick");
    await drill.until("people are asked", () => hasLink(drill, "bo"));
    veto = await openLink(drill, "ann");
    let done = false;
    drill.afterUnit = async () => {
      if (done || drill.changes().length === 0) return;
      done = true;
      await meanwhile();
    };
    expect((await approve(drill, "bo")).status).toBe(303);
    await drill.until("the first step is in force", () => done, 400_000);
  };

  beforeEach(async () => {
    drill = await startDrill({ mode, estate: threeServers() });
    await drill.advance(31_000);
    // The plan with two steps takes the place of the one that the recovery is about to pin: the first pinned counts.
    drill.afterUnit = async () => {
      const [row] = await listIncidents(drill.ledger);
      if (row === undefined) return;
      const made = await pinnedPlan(drill.ledger, row.id, "out");
      if (made === undefined || made.plan.steps.length > 1 || hasLink(drill, "bo")) return;
      const plan = withSecondStep(made.plan);
      await drill.ledger.commit(`incident:${row.id}`, [{ remove: "plan/out" }]);
      await pin(drill.ledger, { ...made, plan, hash: drill.world.digest(plan) });
      drill.host().failInstance(row.instance, "node exited with code 137 (0x89)");
    };
  });
  afterEach(async () => {
    await endRightly(drill);
  });

  it("nothing in the way: both are carried out", async () => {
    await run(async () => undefined);
    await drill.closed(400_000);
    expect(drill.changes().map((effect) => `${effect.resource} ${effect.new}`)).toEqual([
      "lb-1/api-main drain",
      "lb-1/api-third drain",
    ]);
  });

  const refuse = () =>
    drill.post(`${veto.path}/reject`, { form: veto.form, plan: veto.plan, reason: "wrong servers" });

  it("a veto stops it: the first stays while undoing it would lead customers to a sick server", async () => {
    await run(refuse);
    await drill.closed(400_000);
    expect(await drill.incident()).toMatchObject({
      outcome: "handed-over",
      gates: [{ state: "refused" }],
      exposures: [{ closedAt: null }],
    });
    expect((await drill.incident()).says).toMatch(/wrong servers.*stays as it is/);
    expect(drill.changes().map((effect) => `${effect.resource} ${effect.new}`)).toEqual([
      "lb-1/api-main drain",
    ]);
  });

  it("a veto stops it: the first is undone, the second is not taken", async () => {
    await run(async () => {
      drill.company.heal("api-server-sick");
      await refuse();
    });
    await drill.closed(400_000);
    expect(await drill.incident()).toMatchObject({ outcome: "stood-down", gates: [{ state: "refused" }] });
    expect((await drill.incident()).says).toContain("wrong servers");
    expect(drill.changes().map((effect) => `${effect.resource} ${effect.new}`)).toEqual([
      "lb-1/api-main drain",
      "lb-1/api-main ready",
    ]);
  });

  it.each([
    ["a stop", "/api/stop", { by: "ann", reason: "quarter close" }],
    ["a hold", "/api/holds", { system: "api-servers", by: "ann", because: "quarter close", for: "2h" }],
  ] as const)("%s keeps the second from being taken, with the sentence why", async (_what, path, fields) => {
    await run(() => drill.post(path, { ...fields }));
    await drill.until(
      "it says why",
      async () => storyOf(await drill.incident()).includes("quarter close"),
      400_000,
    );
    await drill.advance(120_000);
    expect(drill.changes().map((effect) => `${effect.resource} ${effect.new}`)).toEqual([
      "lb-1/api-main drain",
    ]);
  });
});
