import type { Estate } from "../../shared/estate";
import { modes, startDrill, type Drill } from "../support/drill";
import { renamedEstate } from "../support/estate";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

const armed = (estate: Estate) => {
  estate.policy.automatic.push("api-server-down", "all-api-servers-down");
};

describe.each(modes)("API servers that are down, %s", (mode) => {
  let drill: Drill;
  afterEach(async () => {
    await checkInvariants(drill).finally(() => drill.end());
  });

  const broken = async (fault: string, way: string, estate?: Estate) => {
    drill = await startDrill({ mode, tune: armed, ...(estate === undefined ? {} : { estate }) });
    await drill.advance(31_000);
    drill.company.break(fault, way);
  };
  const changes = () => drill.changes().map((one) => `${one.resource} ${one.old}→${one.new}`);
  const approved = async () => {
    const [manager] = drill.estate.people.filter((one) => one.role === "manager").map((one) => one.name);
    await drill.until("the manager is asked", () => hasLink(drill, manager ?? ""), 240_000);
    expect(drill.changes()).toEqual([]);
    expect((await approve(drill, manager ?? "")).status).toBe(303);
  };
  const up = (names: string[]) =>
    drill.until("HAProxy sends customers there again", () =>
      names.every((name) =>
        drill.company.truth().servers.some((one) => one.name === name && one.status === "UP"),
      ),
    );

  it("is started again when its process died", async () => {
    await broken("api-server-down", "killed", renamedEstate());
    await drill.closed(300_000);
    const main = drill.estate.servers[0];
    expect(await drill.incident()).toMatchObject({
      finding: "api-server-down",
      outcome: "recovered",
      gates: [],
    });
    expect(changes()).toEqual([`service/${main?.name}/${main?.vm?.service} failed→active`]);
    await up([main?.name ?? ""]);
  });

  it("is asked about when its service was stopped cleanly", async () => {
    await broken("api-server-down", "stopped");
    await approved();
    await drill.closed(300_000);
    expect((await drill.incident()).outcome).toBe("recovered");
    expect(changes()).toEqual(["service/api-main/shop-api inactive→active"]);
    await up(["api-main"]);
  });

  it("is asked about when its machine is off, and started with it", async () => {
    await broken("api-server-down", "powered-off");
    await approved();
    await drill.closed(300_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({ outcome: "recovered" });
    expect(incident.plan?.asks).toContain("Azure doesn't say whether somebody wanted that");
    expect(changes()).toEqual(["machine/api-main stopped→running"]);
    await up(["api-main"]);
  });

  it("is shown and left alone when somebody gave its machine back", async () => {
    await broken("api-server-down", "deallocated");
    await drill.closed(300_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "api-server-down", outcome: "handed-over" });
    expect(incident.says).toContain("is deallocated, which no failure does: somebody did that");
    expect(drill.changes()).toEqual([]);
  });

  it("is handed over when its process hangs: a start would change nothing", async () => {
    await broken("api-server-down", "hung");
    await drill.closed(300_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "api-server-down", outcome: "handed-over" });
    expect(incident.says).toContain("machine runs, and so does its shop-api");
    expect(drill.changes()).toEqual([]);
  });

  it("are all started when they all died", async () => {
    await broken("all-api-servers-down", "killed");
    await drill.closed(300_000);
    expect(await drill.incident()).toMatchObject({
      finding: "all-api-servers-down",
      outcome: "recovered",
      gates: [],
    });
    expect(changes().sort()).toEqual([
      "service/api-backup/shop-api failed→active",
      "service/api-main/shop-api failed→active",
    ]);
    await up(["api-main", "api-backup"]);
  });

  it("are started after an approval when all machines are off", async () => {
    await broken("all-api-servers-down", "powered-off");
    await approved();
    await drill.closed(300_000);
    expect((await drill.incident()).outcome).toBe("recovered");
    expect(changes().sort()).toEqual([
      "machine/api-backup stopped→running",
      "machine/api-main stopped→running",
    ]);
    await up(["api-main", "api-backup"]);
  });

  it.each(["unhealthy", "hung"])("are handed over when all run and fail alike (%s)", async (way) => {
    await broken("all-api-servers-down", way);
    await drill.closed(300_000);
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "all-api-servers-down", outcome: "handed-over" });
    expect(incident.says).toContain("suspect what they depend on");
    expect(drill.changes()).toEqual([]);
  });
});
