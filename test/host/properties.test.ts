import * as fc from "fast-check";
import { disposeRigs, type Rig } from "./harness";
import { advance, outcome, type Outside, type Program, programRig, runs, type Step } from "./program";

const prove = process.env["SWITCHOVER_PROVE"] !== undefined;
const numRuns = prove ? 1000 : 100;

afterEach(disposeRigs);

const leaf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("activity" as const), n: fc.nat(9) }),
  fc.record({
    kind: fc.constant("fanOut" as const),
    ns: fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("timer" as const), seconds: fc.integer({ min: 0, max: 90 }) }),
  fc.record({ kind: fc.constant("retry" as const), attempts: fc.integer({ min: 1, max: 3 }) }),
);
const race: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("race" as const),
  won: fc.boolean(),
  seconds: fc.integer({ min: 1, max: 90 }),
});
const failure: fc.Arbitrary<Step> = fc.constant({ kind: "failure" });
const child: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant("child" as const),
  steps: fc.array(fc.oneof(leaf, race, failure), { maxLength: 2 }),
  throws: fc.boolean(),
});

/** Each of the four that matter most is in nearly a third of all programs at least, in any place. */
const program: fc.Arbitrary<Program> = fc
  .record({
    steps: fc.array(leaf, { minLength: 1, maxLength: 3 }),
    special: fc.subarray([0, 1, 2, 3], { maxLength: 3 }),
    specials: fc.tuple(race, child, failure, fc.constant<Step>({ kind: "early", name: "soon" })),
    places: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)),
    throws: fc.boolean(),
  })
  .map(({ steps, special, specials, places, throws }) => {
    const all = [...steps];
    for (const one of special) {
      all.splice(places[one] ?? 0, 0, specials[one] as Step);
    }
    return { steps: all, throws };
  });

const fresh = (): Outside => ({ raised: new Set(), sending: "", moves: 0 });

async function straight(plan: Program): Promise<object> {
  const here = await programRig();
  const outside = fresh();
  while (await advance(here, plan, outside)) {
    // Until it is over.
  }
  return ended(here);
}

function ended(here: Rig): object {
  const result = outcome(here);
  here.host.abandon();
  return result;
}

test("has the kinds of steps that matter in at least a fifth of all programs each", () => {
  const sample = fc.sample(program, { numRuns: 400, seed: 1 });
  for (const kind of ["race", "child", "failure", "early"]) {
    const having = sample.filter(({ steps }) => steps.some((step) => step.kind === kind));
    expect({ kind, many: having.length >= sample.length / 5 }).toEqual({ kind, many: true });
  }
});

test(`gives one result straight, restarted after every step, and crashed at every commit: ${numRuns} random programs`, async () => {
  await fc.assert(
    fc.asyncProperty(program, async (plan) => {
      runs.clear();
      const expected = await straight(plan);
      const once = new Set(runs.keys());
      expect(await restarting(plan)).toEqual(expected);
      runs.clear();
      const crashes = await crashing(plan);
      expect(crashes.outcome).toEqual(expected);
      expect(crashes.count).toBeGreaterThan(3);
      expect(new Set(runs.keys())).toEqual(once);
    }),
    // Shrinking would run for an hour: the counterexamples are small enough.
    { numRuns, endOnFailure: true },
  );
}, 3_600_000);

async function restarting(plan: Program): Promise<object> {
  const here = await programRig();
  const outside = fresh();
  while (await advance(here, plan, outside)) {
    here.host.abandon();
    await here.reopen();
  }
  return ended(here);
}

/** Every commit is killed right before it, comes again after a restart, and is killed right after it. */
async function crashing(plan: Program): Promise<{ outcome: object; count: number }> {
  const hook = { armed: false, next: "before", count: 0 };
  const outside = fresh();
  const onCommit = (point: string): void => {
    if (hook.armed && point.endsWith(`:${hook.next}`)) {
      hook.next = hook.next === "before" ? "after" : "before";
      hook.armed = false;
      hook.count += 1;
      if (point === "raise:after") {
        // Whoever sent it was cut off, and yet it was taken: sent again it would be another event.
        outside.raised.add(outside.sending);
      }
      throw new Error(`crash at ${point}`);
    }
  };
  const here = await programRig({ onCommit });
  for (let going = true; going; ) {
    hook.armed = true;
    const before = hook.count;
    try {
      going = await advance(here, plan, outside);
    } catch (error) {
      if (hook.count === before) {
        throw error;
      }
    }
    if (hook.count > before) {
      here.host.abandon();
      hook.armed = false;
      await here.reopen();
      going = true;
    }
  }
  return { outcome: ended(here), count: hook.count };
}
