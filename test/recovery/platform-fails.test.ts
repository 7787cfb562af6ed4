import type { IncidentState } from "../../shared/incident";
import { listIncidents } from "../../shared/ledger/incidents";
import { startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, hasLink } from "../support/people";

const REASON = "One or more errors occurred. (node exited with code 137 (0x89))";

/** The platform fails whatever runs for the incident, for good, in the moment it enters `state`: as when a worker dies. */
function failIn(
  drill: Drill,
  state: IncidentState,
  who: "the recovery" | "its plan" | "both",
): { failed: string[] } {
  const failed: string[] = [];
  drill.afterUnit = async () => {
    const [row] = await listIncidents(drill.ledger);
    if (row === undefined || row.state !== state || failed.length > 0) return;
    const plan = `${row.instance}-p1-1`;
    const victims = who === "both" ? [plan, row.instance] : who === "its plan" ? [plan] : [row.instance];
    for (const victim of victims.filter((one) => drill.host().status(one)?.runtimeStatus === "Running")) {
      drill.host().failInstance(victim, REASON);
      failed.push(victim);
    }
  };
  return { failed };
}

describe("an orchestration that the platform fails", () => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await endRightly(drill);
  });

  const moments: [IncidentState, Parameters<typeof failIn>[2]][] = [
    ["diagnosing", "the recovery"],
    ["executing", "the recovery"],
    ["executing", "its plan"],
    ["executing", "both"],
    ["verifying", "the recovery"],
    ["verifying", "its plan"],
    ["verifying", "both"],
    ["probation", "the recovery"],
    ["probation", "its plan"],
    ["probation", "both"],
  ];

  it.each(moments)("while %s (%s) has a sick server drained once and rightly", async (state, who) => {
    const { failed } = failIn(drill, state, who);
    drill.company.break("api-server-sick");
    await drill.closed(400_000);
    expect(failed.length).toBeGreaterThan(0);
    expect((await drill.incident()).outcome).toBe("recovered");
    expect(drill.changes()).toHaveLength(1);
  });

  it.each([...moments, ["awaiting-approval", "the recovery"] as const])(
    "while %s (%s) has the dead balancer bypassed once and rightly, with the votes it had",
    async (state, who) => {
      const { failed } = failIn(drill, state, who);
      drill.company.break("balancer-host-down");
      await drill.until("the manager is asked", () => hasLink(drill, "bo"), 400_000);
      await approve(drill, "bo");
      await drill.closed(400_000);
      expect(failed.length).toBeGreaterThan(0);
      const incident = await drill.incident();
      expect(incident.outcome).toBe("recovered");
      expect(incident.gates).toMatchObject([{ state: "granted", votes: [{ person: "bo" }] }]);
      expect(drill.changes()).toHaveLength(1);
    },
  );

  it("again and again ends with people, not with a fifth orchestration", async () => {
    drill.afterUnit = async () => {
      const [row] = await listIncidents(drill.ledger);
      if (
        row !== undefined &&
        row.state !== "closed" &&
        drill.host().status(row.instance)?.runtimeStatus === "Running"
      ) {
        drill.host().failInstance(row.instance, REASON);
      }
    };
    drill.company.break("balancer-host-down");
    await drill.advance(10 * 60_000);
    const instances = (await listIncidents(drill.ledger)).map((row) => row.epoch);
    expect(instances).toEqual([4]);
    const texts = drill.company.phones().flatMap((phone) => phone.messages.map((message) => message.text));
    expect(texts.some((text) => text.includes("a person must take over"))).toBe(true);
    expect(drill.changes()).toEqual([]);
  });

  it("while it waits to put a drained server back has a successor that does", async () => {
    drill.company.break("api-server-sick");
    await drill.closed();
    const [row] = await listIncidents(drill.ledger);
    const home = `${row?.id}-home-1`;
    await drill.until(
      "the home orchestration runs",
      () => drill.host().status(home)?.runtimeStatus === "Running",
    );
    drill.host().failInstance(home, REASON);
    drill.company.heal("api-server-sick");
    await drill.until(
      "the server is back",
      async () => (await drill.incident()).exposures[0]?.closedAt !== null,
      400_000,
    );
    expect(drill.changes().map((effect) => effect.new)).toEqual(["drain", "ready"]);
  });
});
