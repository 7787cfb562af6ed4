import { plans } from "../../../orchestrations/plans";
import { allFaults } from "../../../sandbox/faults";
import { fateOf, readyToRun, type Ready } from "./carried-out";
import { dyingAt, overtakenAt, type Fate } from "./fate";

const prove = process.env["SWITCHOVER_PROVE"] !== undefined;
/** `npm test` stops a plan at every so-many-th of its points, after the usual way to break the company. */
const EVERY = prove ? 1 : 3;

/** Running a plan twice, or stopping it anywhere and running it again, leaves the same world as running it once. */
const all = plans.flatMap((plan) => {
  const ways = allFaults().find((one) => one.name === plan.answers)?.ways ?? [
    "none: the sandbox can't cause it",
  ];
  return ways
    .slice(0, prove ? ways.length : 1)
    .map((way) => ({ plan, way, title: `${plan.name}, after ${plan.answers} (${way})` }));
});

describe.each(all)("$title", ({ plan, way }) => {
  const benches: Ready[] = [];
  afterEach(async () => {
    for (const { bench } of benches.splice(0)) await bench.end();
  });
  const ready = async (fate: Fate = dyingAt(-1)) => {
    const made = await readyToRun(plan, way, fate);
    benches.push(made);
    return made;
  };
  const run = async (made: Ready) => {
    for (const id of made.steps) await made.step(id);
  };
  const once = async (fate?: Fate) => {
    const reference = await ready(fate);
    await run(reference);
    return fateOf(reference);
  };

  it("changes each resource once, from old to new", async () => {
    const { changes } = await once();
    const resources = changes.map((one) => one.split(": ")[0]);
    expect(changes.length).toBeGreaterThan(0);
    expect(new Set(resources).size).toBe(resources.length);
  });

  it("leaves the same when it is run twice", async () => {
    const twice = await ready();
    await run(twice);
    await run(twice);
    expect(fateOf(twice)).toEqual(await once());
  });

  it("leaves the same when each step is delivered twice at the same time", async () => {
    const doubled = await ready();
    for (const id of doubled.steps) await Promise.all([doubled.step(id), doubled.step(id)]);
    expect(fateOf(doubled)).toEqual(await once());
  });

  it("leaves the same when a step stands still anywhere, and its second delivery overtakes it", async () => {
    const undisturbed = dyingAt(-1);
    const expected = await once(undisturbed);
    for (let point = 0; point < undisturbed.passed(); point += EVERY) {
      let current = "";
      const slow: Ready = await ready(overtakenAt(point, () => slow.step(current)));
      for (const id of slow.steps) {
        current = id;
        await slow.step(id);
      }
      expect({ point, ...fateOf(slow) }).toEqual({ point, ...expected });
    }
  });

  it("leaves the same when it dies anywhere and is run again", async () => {
    const undisturbed = dyingAt(-1);
    const expected = await once(undisturbed);
    expect(undisturbed.passed()).toBeGreaterThan(3);
    for (let victim = 0; victim < undisturbed.passed(); victim += EVERY) {
      const death = dyingAt(victim);
      const struck = await ready(death);
      await expect(run(struck)).rejects.toThrow(/dead|137|fetch failed|AZURE|CLOUDFLARE|BALANCER/);
      death.startAgain();
      await run(struck);
      expect({ victim, ...fateOf(struck) }).toEqual({ victim, ...expected });
    }
  });

  it("leaves the same when the process lives, and a write or its answer is lost on the way", async () => {
    const expected = await once();
    for (const hook of ["beforeWrite", "afterWrite"] as const) {
      for (let lost = 0; lost < expected.changes.length; lost++) {
        const troubled = await ready();
        const line = dyingAt(lost);
        troubled.bench.company[hook] = () => {
          line.startAgain();
          line.at();
        };
        for (const id of troubled.steps) await troubled.step(id).catch(() => troubled.step(id));
        expect(fateOf(troubled)).toEqual(expected);
      }
    }
  });
});

it("is asked of every plan there is", () => {
  expect(new Set(all.map((one) => one.plan.name))).toEqual(new Set(plans.map((one) => one.name)));
});
