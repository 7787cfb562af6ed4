import { modes, startDrill, type Drill } from "../support/drill";
import { renamedEstate, shippedEstate } from "../support/estate";
import { endRightly } from "../support/invariants";
import { approve, hasLink } from "../support/people";

const ways = ["errors", "dropped"].flatMap((way) => [
  { way, name: "the shipped company", make: shippedEstate },
  { way, name: "a company with every name changed", make: renamedEstate },
]);
const MINUTE = 60_000;

describe.each(modes)("CloudFlare's edge that is down, %s", (mode) => {
  let drill: Drill;
  afterEach(() => endRightly(drill));

  const manager = () => drill.estate.people.find((one) => one.role === "manager")?.name ?? "";
  const record = () => drill.company.truth().records[0];
  const gates = async (id: string) => (await drill.incident(id)).gates;

  it.each(ways)(
    "is bypassed after one approval, and goes home by people's word: $way, $name",
    async ({ way, make }) => {
      drill = await startDrill({ mode, estate: make() });
      const balancer = drill.estate.balancers[0];
      await drill.advance(31_000);
      drill.company.break("edge-down", way);
      await drill.until("the manager is asked", () => hasLink(drill, manager()));
      expect(drill.changes()).toEqual([]);
      expect((await approve(drill, manager())).status).toBe(303);
      // Resolvers of customers may keep the edge's address for 300 s, and that is waited for.
      await drill.closed(7 * MINUTE);

      const incident = await drill.incident();
      expect(incident).toMatchObject({ finding: "edge-down", system: "cloudflare", outcome: "recovered" });
      expect(record()).toMatchObject({ content: balancer?.address, proxied: false, ttl: 60 });
      expect(incident.exposures).toMatchObject([
        { closedAt: null, says: expect.stringContaining("the origin's address is public for ever") },
      ]);
      await drill.until(
        "customers are served",
        () => drill.company.truth().customers.streak >= 30,
        6 * MINUTE,
      );

      // Home only when the edge is well, and only by people's word.
      expect(await gates(incident.id)).toHaveLength(1);
      drill.company.heal("edge-down");
      await drill.until(
        "going home is asked for",
        async () => (await gates(incident.id)).length === 2,
        5 * MINUTE,
      );
      expect(record()).toMatchObject({ proxied: false });
      await drill.advance(31_000);
      expect((await approve(drill, manager())).status).toBe(303);
      await drill.until(
        "it is home",
        async () => (await drill.incident(incident.id)).exposures[0]?.closedAt !== null,
      );
      expect(record()).toMatchObject({ content: balancer?.address, proxied: true, ttl: 1 });
    },
  );
});
