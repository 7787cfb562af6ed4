import { startDrill, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

/** `npm run prove` kills the process at every single commit; `npm test` at every so-many-th. */
const EVERY = process.env["SWITCHOVER_PROVE"] === undefined ? 17 : 1;

type Scenario = { name: string; fault: string; changes: string[]; play(drill: Drill): Promise<void> };

const closed = (drill: Drill) =>
  drill.until(
    "the incident is closed",
    async () => (await drill.incidents())[0]?.state === "closed",
    400_000,
  );

const scenarios: Scenario[] = [
  {
    name: "a sick server is drained",
    fault: "api-server-sick",
    changes: ["drain"],
    async play(drill) {
      await closed(drill);
    },
  },
  {
    name: "a dead balancer is bypassed",
    fault: "balancer-host-down",
    changes: ["bypass"],
    async play(drill) {
      await drill.until("the manager is asked", () => hasLink(drill, "bo"), 400_000);
      // The process may die while it takes the vote: then the person sees an error, and tries again with the next code.
      for (let tries = 0; (await approve(drill, "bo")).status !== 303 && tries < 3; tries++)
        await drill.advance(31_000);
      await closed(drill);
    },
  },
];

async function run(scenario: Scenario, crash: (point: string) => boolean): Promise<void> {
  let begun = false;
  const drill = await startDrill({ mode: "straight", crash: (point) => begun && crash(point) });
  begun = true;
  try {
    await drill.advance(31_000);
    drill.company.break(scenario.fault);
    await scenario.play(drill);
    const incident = await drill.incident();
    expect(incident.outcome).toBe("recovered");
    expect(drill.company.effects().filter((effect) => effect.old !== effect.new)).toHaveLength(
      scenario.changes.length,
    );
    await checkInvariants(drill);
  } finally {
    await drill.end();
  }
}

describe.each(scenarios)("killed at a commit while $name", (scenario) => {
  it(
    "the recovery ends rightly, with each effect in force once",
    async () => {
      const points: string[] = [];
      await run(scenario, (point) => {
        points.push(point);
        return false;
      });
      expect(points.length).toBeGreaterThan(100);
      let killed = 0;
      for (let victim = 0; victim < points.length; victim += EVERY) {
        let count = 0;
        let dead = false;
        await run(scenario, () => {
          const here = count++ === victim && !dead;
          dead ||= here;
          return here;
        }).catch((thrown: unknown) => {
          throw new Error(`killed at commit ${victim} (${points[victim]}): ${String(thrown)}`);
        });
        if (dead) killed += 1;
      }
      expect(killed).toBeGreaterThan(5);
    },
    EVERY === 1 ? 3_600_000 : 240_000,
  );
});
