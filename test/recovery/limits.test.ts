import { startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, hasLink } from "../support/people";

describe("the brakes", () => {
  let drill: Drill;
  afterEach(async () => {
    await endRightly(drill);
  });
  const drains = () =>
    drill.company.effects().filter((effect) => effect.new === "drain" && effect.old !== "drain");

  it("propose, unless the configuration arms the finding", async () => {
    drill = await startDrill({ mode: "straight", tune: (estate) => void (estate.policy.automatic = []) });
    await drill.advance(31_000);
    drill.company.break("api-server-sick");
    await drill.until("people are asked", () => hasLink(drill, "bo"));
    expect(drains()).toEqual([]);
    await approve(drill, "bo");
    await drill.closed();
    expect(await drill.incident()).toMatchObject({ outcome: "recovered", gates: [{ state: "granted" }] });
  });

  it("ask the second time within the hour, because the system recovered lately", async () => {
    drill = await startDrill({
      mode: "straight",
      tune: (estate) => void (estate.policy.windows.block = 3_600_000),
    });
    await drill.advance(31_000);
    drill.company.break("api-server-sick");
    await drill.closed();
    drill.company.heal("api-server-sick");
    await drill.until(
      "the server is back",
      async () => (await drill.incident()).exposures[0]?.closedAt !== null,
    );
    drill.company.break("api-server-sick");
    await drill.until("people are asked", () => hasLink(drill, "bo"));
    expect(drains()).toHaveLength(1);
    expect((await drill.incident()).timeline.map((line) => line.says).join(" ")).toContain(
      "recovered api-servers lately",
    );
  });

  it("do not open an incident over and over on a condition that nobody cures", async () => {
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
    drill.company.break("all-api-servers-down", "unhealthy");
    await drill.advance(15 * 60_000);
    expect(await drill.incidents()).toMatchObject([
      { finding: "all-api-servers-down", outcome: "handed-over" },
    ]);
    drill.company.heal("all-api-servers-down");
    await drill.advance(2 * 60_000);
    drill.company.break("all-api-servers-down", "unhealthy");
    await drill.until("it is a new occurrence", async () => (await drill.incidents()).length === 2);
  });

  it("open an incident on what comes back while something else stands that harms nobody", async () => {
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
    const seen = async () => (await drill.incidents()).map((one) => one.finding);
    drill.company.break("api-server-down", "hung");
    await drill.advance(3 * 60_000);
    drill.company.break("dns-unanswered");
    await drill.until("it is handed over", async () => (await seen()).includes("dns-unanswered"));
    await drill.until("all are closed", async () =>
      (await drill.incidents()).every((one) => one.state === "closed"),
    );
    drill.company.heal("dns-unanswered");
    await drill.advance(2 * 60_000);
    drill.company.break("dns-unanswered");
    await drill.until(
      "it is a new occurrence",
      async () => (await seen()).filter((one) => one === "dns-unanswered").length === 2,
    );
  });

  it.each([
    ["undo a drain that did not cure customers, where the server is well again", true],
    ["leave a sick server drained that did not cure customers, and hand over", false],
  ])("%s", async (_name, heals) => {
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
    drill.company.break("api-server-sick");
    drill.afterUnit = async () => {
      if (drains().length !== 1) return;
      // Customers fail for another reason from the moment of the drain on.
      drill.company.cut("edge");
      if (heals) drill.company.heal("api-server-sick");
    };
    const sick = async () => (await drill.incidents()).find((one) => one.finding === "api-server-sick");
    await drill.until("the incident is closed", async () => (await sick())?.state === "closed", 400_000);
    delete drill.afterUnit;
    expect(await sick()).toMatchObject({ outcome: heals ? "rolled-back" : "handed-over" });
    expect(drill.company.effects().map((effect) => effect.new)).toEqual(
      heals ? ["drain", "ready"] : ["drain"],
    );
    // What stays out has somebody who puts it back.
    const open = (await drill.incident((await sick())?.id)).exposures;
    expect(open).toMatchObject(heals ? [] : [{ closedAt: null }]);
  });
});
