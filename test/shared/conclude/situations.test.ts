import { look } from "../../../activities/look";
import { allFaults } from "../../../sandbox/faults";
import { conclude } from "../../../shared/conclude/conclude";
import { openBench } from "../../support/company";
import { expectVerdict, type Situation } from "./situation";
import { balancers } from "./situations/balancers";
import { front } from "./situations/front";
import { observers } from "./situations/observers";
import { outages } from "./situations/outages";
import { servers } from "./situations/servers";

const groups: [string, Situation[]][] = [
  ["API servers", servers],
  ["what is in front of them", front],
  ["load balancers that live", balancers],
  ["the observers", observers],
  ["public outages", outages],
];

describe.each(groups)("what a look means: %s", (_group, situations) => {
  it.each(situations)("$name", expectVerdict);
});

it("has a name of its own for each situation", () => {
  const names = groups.flatMap(([, situations]) => situations.map((one) => one.name));
  expect(new Set(names).size).toBe(names.length);
});

it("has a situation for whatever the sandbox's faults are taken for", async () => {
  const known = new Set(groups.flatMap(([, situations]) => situations.map((one) => one.finding)));
  const without: string[] = [];
  for (const { name, ways } of allFaults()) {
    for (const way of ways) {
      // A certificate has a company of its own: test/shared/conclude/certificate.test.ts.
      if (name === "certificate-expired") continue;
      const bench = openBench();
      bench.company.break(name, way);
      bench.pass(20_000);
      const { finding } = conclude(await look({}, bench.world), bench.estate);
      await bench.end();
      if (!known.has(finding)) without.push(`${finding}, from ${name} (${way})`);
    }
  }
  expect(without).toEqual([]);
});
