import { applyStep, type ApplyInput } from "../../activities/apply-step";
import { askPeople } from "../../activities/ask-people";
import { castVote } from "../../shared/ledger/gates";
import { succeed } from "../../shared/ledger/incidents";
import { putStop, takeAutomatic } from "../../shared/ledger/limits";
import { openBench, type Bench } from "../support/company";
import { pinnedIncident } from "../support/open-incident";

describe("a step that drains a sick server", () => {
  let bench: Bench;
  let input: ApplyInput;
  const main = () => bench.company.truth().servers.find((one) => !one.backup)?.status;
  const changes = () => bench.company.effects().filter((effect) => effect.old !== effect.new);

  beforeEach(async () => {
    bench = openBench();
    bench.pass(10_000);
    bench.company.break("api-server-sick");
    bench.pass(10_000);
    const { fence, pinned } = await pinnedIncident(bench);
    input = {
      fence,
      run: "out",
      hash: pinned.hash,
      step: "s1",
      warrant: { kind: "automatic" },
      direction: "do",
    };
  });
  afterEach(async () => bench.end());

  it("writes once, reads back, and writes nothing when it is repeated", async () => {
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    expect(main()).toBe("DRAIN");
    expect(bench.company.effects()).toHaveLength(1);
  });

  it("runs twice at the same time and still leaves one change", async () => {
    const both = await Promise.all([applyStep(input, bench.world), applyStep(input, bench.world)]);
    expect(both).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
    expect(changes()).toHaveLength(1);
  });

  it("finds its effect in force when the answer was lost after the write", async () => {
    bench.company.afterWrite = () => {
      throw new Error("the line went dead");
    };
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    expect(changes()).toHaveLength(1);
  });

  it("throws, and can be repeated, when the write itself was lost", async () => {
    bench.company.beforeWrite = () => {
      throw new Error("the line went dead");
    };
    await expect(applyStep(input, bench.world)).rejects.toThrow();
    delete bench.company.beforeWrite;
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    expect(changes()).toHaveLength(1);
  });

  it("refuses once somebody stopped Switchover", async () => {
    await putStop(bench.world.ledger, { by: "ann", reason: "quarter close", at: bench.world.clock.now() });
    expect(await applyStep(input, bench.world)).toMatchObject({
      refused: "STOPPED",
      says: expect.stringContaining("quarter close"),
    });
    expect(bench.company.effects()).toEqual([]);
  });

  it("refuses the stale holder of an incident that has a successor", async () => {
    await succeed(bench.world.ledger, input.fence.incident, { epoch: 1 }, bench.world.clock.now());
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "STALE_HOLDER" });
    expect(bench.company.effects()).toEqual([]);
  });

  it("refuses when somebody else put the server into maintenance in between", async () => {
    bench.company.setServer(bench.estate.servers[0]?.name ?? "", "maint");
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "CHANGED_BY_HAND" });
    expect(changes().filter((effect) => effect.by !== "somebody")).toEqual([]);
  });

  it("refuses to drain the last healthy server", async () => {
    bench.company.setServer(bench.estate.servers[1]?.name ?? "", "maint");
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "LAST_HEALTHY_SERVER" });
    expect(changes().filter((effect) => effect.by !== "somebody")).toEqual([]);
  });

  it("refuses a plan that is not the pinned one", async () => {
    expect(await applyStep({ ...input, hash: "0".repeat(64) }, bench.world)).toMatchObject({
      refused: "PLAN_CHANGED",
    });
    expect(bench.company.effects()).toEqual([]);
  });

  it("refuses without asking when the finding is not armed", async () => {
    bench.estate.policy.automatic = [];
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "NOT_ARMED" });
    expect(bench.company.effects()).toEqual([]);
  });

  it("refuses the fourth automatic action within an hour, and allows it after the hour", async () => {
    for (const other of ["inc-a", "inc-b", "inc-c"])
      await takeAutomatic(bench.world.ledger, other, bench.world.clock.now(), 3);
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "HOURLY_LIMIT" });
    expect(bench.company.effects()).toEqual([]);
    bench.pass(3_601_000);
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
  });

  it("puts the server back when it is undone, once customers would be served by it", async () => {
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    const still = await applyStep({ ...input, direction: "undo" }, bench.world);
    expect(still).toMatchObject({ refused: "TARGET_NOT_HEALTHY" });
    expect(main()).toBe("DRAIN");
    bench.company.heal("api-server-sick");
    bench.pass(10_000);
    expect(await applyStep({ ...input, direction: "undo" }, bench.world)).toMatchObject({ outcome: "done" });
    expect(main()).toMatch(/^UP/);
    expect(changes().map((effect) => effect.new)).toEqual(["drain", "ready"]);
  });
});

describe("a step that leads customers past a dead load balancer", () => {
  let bench: Bench;
  let input: ApplyInput;
  const content = () => bench.company.truth().records[0]?.content;

  beforeEach(async () => {
    bench = openBench();
    bench.pass(10_000);
    bench.company.break("balancer-host-down");
    bench.pass(10_000);
    const { fence, pinned } = await pinnedIncident(bench);
    await askPeople({ fence, run: "out" }, bench.world);
    input = {
      fence,
      run: "out",
      hash: pinned.hash,
      step: "s1",
      warrant: { kind: "gate", gate: "out-1" },
      direction: "do",
    };
  });
  afterEach(async () => bench.end());

  const approve = (planHash = input.hash) =>
    castVote(bench.world.ledger, input.fence.incident, "out-1", {
      person: "bo",
      vote: "approve",
      reason: null,
      at: bench.world.clock.now(),
      planHash,
    });

  it("refuses before the gate was granted, and by the word `automatic` alone", async () => {
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "NOT_APPROVED" });
    expect(await applyStep({ ...input, warrant: { kind: "automatic" } }, bench.world)).toMatchObject({
      refused: "NOT_ARMED",
    });
    expect(bench.company.effects()).toEqual([]);
  });

  it("writes once after the approval", async () => {
    await approve();
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    expect(await applyStep(input, bench.world)).toMatchObject({ outcome: "done" });
    expect(content()).toBe(bench.estate.servers[1]?.address);
    expect(bench.company.effects()).toHaveLength(1);
  });

  it("counts no approval of another plan", async () => {
    expect(await approve("f".repeat(64))).toMatchObject({ kind: "other-plan" });
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "NOT_APPROVED" });
    expect(bench.company.effects()).toEqual([]);
  });

  it("refuses an approval that has gone stale", async () => {
    await approve();
    bench.pass(bench.estate.policy.gateExpiresAfter + 1_000);
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "APPROVAL_STALE" });
    expect(bench.company.effects()).toEqual([]);
  });

  it("takes no vote after the gate's time", async () => {
    bench.pass(bench.estate.policy.gateExpiresAfter + 1_000);
    expect(await approve()).toMatchObject({ kind: "too-late" });
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "NOT_APPROVED" });
    expect(bench.company.effects()).toEqual([]);
  });

  it("overwrites no record that a person changed meanwhile", async () => {
    await approve();
    const chosen = bench.estate.servers[0]?.address ?? "";
    bench.company.editRecord(bench.estate.service.hostname, chosen);
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "CHANGED_BY_HAND" });
    expect(content()).toBe(chosen);
  });

  it("leads nobody to a target that died after the approval", async () => {
    await approve();
    bench.company.cut(bench.estate.servers[1]?.name ?? "");
    expect(await applyStep(input, bench.world)).toMatchObject({ refused: "TARGET_NOT_HEALTHY" });
    expect(content()).toBe(bench.estate.balancers[0]?.address);
  });

  it("is not undone towards the dead balancer", async () => {
    await approve();
    await applyStep(input, bench.world);
    expect(await applyStep({ ...input, direction: "undo" }, bench.world)).toMatchObject({
      refused: "TARGET_NOT_HEALTHY",
    });
    expect(content()).toBe(bench.estate.servers[1]?.address);
  });
});
