import { startDrill, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

/** `npm run prove` kills the process at every single commit; `npm test` at every so-many-th. */
const EVERY = process.env["SWITCHOVER_PROVE"] === undefined ? 17 : 1;

type Scenario = {
  name: string;
  fault: string;
  play(drill: Drill): Promise<void>;
  /** The one change that it makes, as the company's own log has it, and that it is in force at the end. */
  expectOneChange(drill: Drill): void;
};

const scenarios: Scenario[] = [
  {
    name: "a sick server is drained",
    fault: "api-server-sick",
    async play(drill) {
      await drill.closed(400_000);
    },
    expectOneChange(drill) {
      const main = drill.estate.servers.find((one) => one.role === "main")?.name;
      const resource = `${drill.estate.balancers[0]?.name}/${main}`;
      expect(drill.changes()).toMatchObject([{ kind: "server-state", resource, old: "ready", new: "drain" }]);
      expect(drill.company.truth().servers).toContainEqual(
        expect.objectContaining({ name: main, status: "DRAIN" }),
      );
    },
  },
  {
    name: "a dead balancer is bypassed",
    fault: "balancer-host-down",
    async play(drill) {
      await drill.until("the manager is asked", () => hasLink(drill, "bo"), 400_000);
      // The process may die while it takes the vote: then the person sees an error, and tries again with the next code.
      for (let tries = 0; (await approve(drill, "bo")).status !== 303 && tries < 3; tries++)
        await drill.advance(31_000);
      await drill.closed(400_000);
    },
    expectOneChange(drill) {
      const backup = drill.estate.servers.find((one) => one.role === "backup")?.address ?? "none";
      const balancer = drill.estate.balancers[0]?.address ?? "none";
      expect(drill.changes()).toMatchObject([
        {
          kind: "dns-record",
          resource: expect.stringContaining(drill.estate.service.hostname),
          old: expect.stringContaining(balancer),
          new: expect.stringContaining(backup),
        },
      ]);
      const { hostname } = drill.estate.service;
      const records = drill.company.truth().records.filter((one) => one.name === hostname);
      expect(records.map((one) => one.content)).toEqual([backup]);
    },
  },
];

/** Says how often the process was really killed, and another one took over. */
async function run(scenario: Scenario, crash: (point: string) => boolean): Promise<number> {
  let begun = false;
  const drill = await startDrill({ mode: "straight", crash: (point) => begun && crash(point) });
  begun = true;
  try {
    await drill.advance(31_000);
    drill.company.break(scenario.fault);
    await scenario.play(drill);
    const incident = await drill.incident();
    expect(incident.outcome).toBe("recovered");
    scenario.expectOneChange(drill);
    await checkInvariants(drill);
    return drill.lived().restarts;
  } finally {
    await drill.end();
  }
}

describe.each(scenarios)("killed at a commit while $name", (scenario) => {
  it(
    "the recovery ends rightly, with each effect in force once",
    async () => {
      const points: string[] = [];
      const undisturbed = await run(scenario, (point) => {
        points.push(point);
        return false;
      });
      expect(undisturbed).toBe(0);
      expect(points.length).toBeGreaterThan(100);
      const victims = Array.from({ length: Math.ceil(points.length / EVERY) }, (_, n) => n * EVERY);
      const struck: number[] = [];
      for (const victim of victims) {
        let count = 0;
        const kills = await run(scenario, () => count++ === victim).catch((thrown: unknown) => {
          throw new Error(`killed at commit ${victim} (${points[victim]}): ${String(thrown)}`);
        });
        if (kills === 1) struck.push(victim);
      }
      expect(struck).toEqual(victims);
    },
    EVERY === 1 ? 3_600_000 : 240_000,
  );
});
