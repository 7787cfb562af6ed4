import { startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, hasLink } from "../support/people";

const MINUTE = 60_000;

describe("the bypass of CloudFlare's edge", () => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
    drill.company.break("edge-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
  });
  afterEach(() => endRightly(drill));

  it("is not carried out when an attack began after it was approved", async () => {
    await drill.advance(31_000);
    drill.company.break("under-attack", "direct");
    await drill.advance(5_000);
    await approve(drill, "bo");
    await drill.until("it is refused", async () =>
      (await drill.incident()).timeline.some((line) =>
        line.says.includes("Nothing is bypassed while it lasts"),
      ),
    );
    expect(drill.changes().filter((one) => one.kind === "dns-record")).toEqual([]);
  });

  it("is not carried out when the origin does not serve any more", async () => {
    await drill.advance(31_000);
    drill.company.break("all-api-servers-down", "unhealthy");
    await drill.advance(5_000);
    await approve(drill, "bo");
    await drill.closed();
    expect(drill.changes()).toEqual([]);
    expect(await drill.incident()).toMatchObject({ outcome: "handed-over" });
  });

  it("is void when somebody took the name out of the proxy meanwhile", async () => {
    const [record] = drill.company.truth().records;
    drill.company.editRecord(record?.name ?? "", drill.estate.servers[0]?.address ?? "");
    await drill.until("the question is void", async () =>
      (await drill.incident()).gates.some((gate) => gate.state === "void"),
    );
    expect(drill.changes()).toEqual([]);
  });

  it("stays in force when nothing tells whether the edge is well again, because there is no canary", async () => {
    await approve(drill, "bo");
    await drill.closed(7 * MINUTE);
    drill.company.heal("edge-down");
    delete drill.estate.cloudflare.edge?.canary;
    await drill.advance(10 * MINUTE);
    expect((await drill.incident()).gates).toHaveLength(1);
    expect(drill.company.truth().records[0]).toMatchObject({ proxied: false });
  });

  it("stays in force, and nobody is asked to go home, while the edge is still down", async () => {
    await approve(drill, "bo");
    await drill.closed(7 * MINUTE);
    await drill.advance(10 * MINUTE);
    const incident = await drill.incident();
    expect(incident.gates).toHaveLength(1);
    expect(incident.exposures).toMatchObject([{ closedAt: null }]);
    expect(drill.company.truth().records[0]).toMatchObject({ proxied: false });
  });
});
