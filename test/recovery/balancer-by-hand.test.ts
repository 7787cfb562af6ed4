import { modes, startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";

/** What is wrong with a load balancer that no plan of ours cures: people are told what it is, and what to do. */
const cases = [
  ["balancer-misconfigured", "no-servers", "lb-1's configuration has no server in api", "haproxy -c"],
  [
    "balancer-misconfigured",
    "wrong-servers",
    "finds no server where its configuration has them",
    "haproxy -c",
  ],
  ["balancer-misconfigured", "wrong-port", "lb-1 runs, but does not take customers", "haproxy -c"],
  ["balancer-saturated", "held", "lb-1 is full: 512 of 512 connections", "raises maxconn"],
  ["balancer-saturated", "lowered", "lb-1 is full: 20 of 20 connections", "raises maxconn"],
] as const;

describe.each(modes)("a load balancer that only people can mend, %s", (mode) => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await endRightly(drill);
  });

  it.each(cases)(
    "%s, caused by %s, is handed over with what it is and what to do",
    async (finding, way, is, todo) => {
      const before = drill.company.truth();
      drill.company.break(finding, way);
      await drill.closed();
      expect(await drill.incidents()).toMatchObject([{ finding, outcome: "handed-over", state: "closed" }]);
      const told = drill.company.phones().map((phone) => phone.messages.at(-1)?.text);
      expect(told).toHaveLength(drill.estate.people.length);
      for (const text of told) {
        expect(text).toContain(is);
        expect(text).toContain(todo);
      }
      expect(drill.changes()).toEqual([]);
      expect(drill.company.truth().records).toEqual(before.records);
    },
  );

  it.each(cases)("%s, caused by %s, that people mend meanwhile is left alone", async (finding, way) => {
    drill.company.break(finding, way);
    await drill.until("it is being looked at", async () => (await drill.incidents()).length === 1);
    drill.company.heal(finding);
    await drill.closed();
    expect(await drill.incidents()).toMatchObject([{ outcome: "stood-down" }]);
    expect(drill.changes()).toEqual([]);
  });
});
