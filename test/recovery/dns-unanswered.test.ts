import { WATCHED, type Watched } from "../../activities/watch";
import { INCIDENTS } from "../../shared/ledger/incidents";
import { modes, startDrill, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";

describe.each(modes)("name servers, %s", (mode) => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await checkInvariants(drill);
    await drill.end();
  });

  it.each(["dropped", "killed"])(
    "that nobody can ask (%s) are handed over with what is left to do",
    async (way) => {
      drill.company.break("dns-unanswered", way);
      await drill.closed();
      const incident = await drill.incident();
      expect(incident).toMatchObject({ finding: "dns-unanswered", outcome: "handed-over", effects: [] });
      expect(incident.says).toContain("break-glass name");
      expect(drill.changes()).toEqual([]);
      drill.company.heal("dns-unanswered");
      await drill.until("customers are served for 5 s", () => drill.company.truth().customers.streak >= 5);
      expect(await drill.incidents()).toHaveLength(1);
    },
  );

  it.each(["resolver-dead", "resolver-silent"])(
    "of which one resolver of several fails (%s) open nothing",
    async (way) => {
      drill.company.break("healthy", way);
      await drill.advance(95_000);
      expect(await drill.incidents()).toEqual([]);
      expect(drill.company.truth().customers.streak).toBeGreaterThan(60);
      const [resolver] = drill.estate.dns.resolvers ?? [];
      const seen = (await drill.ledger.read<Watched>(INCIDENTS, WATCHED))?.value;
      expect(seen?.diagnosis.finding).toBe("healthy");
      expect(seen?.diagnosis.evidence.join("\n")).toContain(
        `${resolver?.address}:${resolver?.port} gives no address`,
      );
    },
  );
});
