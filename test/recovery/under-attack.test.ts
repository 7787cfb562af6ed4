import { modes, startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, hasLink } from "../support/people";

const MINUTE = 60_000;

describe.each(modes)("an attack, %s", (mode) => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
  });
  afterEach(() => endRightly(drill));

  const level = () => drill.company.truth().securityLevel;
  const begin = async (way: string) => {
    drill.company.break("under-attack", way);
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    expect(drill.changes()).toEqual([]);
    await approve(drill, "bo");
    await drill.closed();
  };

  it("through the edge is stopped there after one approval; the old level comes back by people's word", async () => {
    await begin("flood");
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "under-attack", system: "cloudflare", outcome: "recovered" });
    expect(level()).toBe("under_attack");
    expect(drill.company.truth().records[0]).toMatchObject({ proxied: true });
    await drill.until("customers are served", () => drill.company.truth().customers.streak >= 30);

    drill.company.heal("under-attack");
    await drill.until(
      "going home is asked for",
      async () => (await drill.incident(incident.id)).gates.length === 2,
    );
    await drill.advance(31_000);
    await approve(drill, "bo");
    await drill.until(
      "it is home",
      async () => (await drill.incident(incident.id)).exposures[0]?.closedAt !== null,
    );
    expect(level()).toBe("medium");
    expect(drill.changes().map(({ old, new: now }) => `${old}→${now}`)).toEqual([
      "medium→under_attack",
      "under_attack→medium",
    ]);
  });

  it("straight at the origin is not stopped at the edge: nothing is bypassed, and everybody is told", async () => {
    await begin("direct");
    const incident = await drill.incident();
    expect(incident).toMatchObject({ finding: "under-attack", outcome: "handed-over" });
    // Lowered while the attack goes on it would only help the attackers; the item stays open.
    expect(level()).toBe("under_attack");
    expect(incident.exposures).toMatchObject([{ closedAt: null }]);
    expect(drill.changes().filter((one) => one.kind === "dns-record")).toEqual([]);
  });
});

describe("going home from an attack that goes on", () => {
  it("is taken back, because customers fail again", async () => {
    const drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
    drill.company.break("under-attack");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    await approve(drill, "bo");
    await drill.closed();
    const { id } = await drill.incident();
    await drill.until(
      "going home is asked for",
      async () => (await drill.incident(id)).gates.length === 2,
      5 * MINUTE,
    );
    await drill.advance(31_000);
    await approve(drill, "bo");
    await drill.until("the level is up again", () => drill.changes().length === 3, 5 * MINUTE);
    expect(drill.company.truth().securityLevel).toBe("under_attack");
    expect((await drill.incident(id)).exposures).toMatchObject([{ closedAt: null }]);
    await endRightly(drill);
  });
});
