import * as fc from "fast-check";
import { SYSTEM, type Rig } from "./gate-rig";
import { checkGateInvariants } from "./gate-oracle";
import { PEOPLE, type By, type Model, type Post } from "./gate-model";
import { consider, endIncident, scan } from "./gate-others";
import { apply, applyDuring, succession, tamper } from "./gate-steps";
import { crashedVote, posts } from "./gate-votes";
import { liftStop, putStop } from "../../shared/ledger/limits";
import { putHold, releaseHold } from "../../shared/ledger/holds";
import { plus } from "../../shared/time";

export type Command = fc.AsyncCommand<Model, Rig>;

/** What was really reached over all sequences: a green run that never came there proves nothing. */
export const reached = new Map<string, number>();

/** Does it to both, then judges the invariants. `said` is what it came to, for the count of what was reached. */
function command(says: string, run: (model: Model, rig: Rig) => Promise<string>): Command {
  return {
    check: () => true,
    async run(model, rig) {
      const epoch = model.epoch;
      const said = await run(model, rig);
      reached.set(said, (reached.get(said) ?? 0) + 1);
      await checkGateInvariants(rig, epoch);
    },
    toString: () => says,
  };
}

const person = fc.constantFrom(...PEOPLE);
const honest: fc.Arbitrary<Post> = fc.record({
  person,
  vote: fc.constant("approve"),
  code: fc.constant("right"),
  reason: fc.constant("blank"),
  plan: fc.constant("shown"),
  form: fc.constant("ours"),
});
const veto = honest.map((post): Post => ({ ...post, vote: "reject", code: "none", reason: "typed" }));
const odd: fc.Arbitrary<Post> = fc.record({
  person,
  vote: fc.constantFrom("approve", "approve", "reject"),
  code: fc.constantFrom("right", "wrong", "used", "none"),
  reason: fc.constantFrom("typed", "blank"),
  plan: fc.constantFrom("shown", "shown", "other"),
  form: fc.constantFrom("ours", "ours", "ours", "other"),
});
const anyPost = fc.oneof(
  { weight: 5, arbitrary: honest },
  { weight: 1, arbitrary: veto },
  { weight: 3, arbitrary: odd },
);
const plan: fc.Arbitrary<By["plan"]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("shown" as const) },
  { weight: 2, arbitrary: fc.constant("kept" as const) },
  { weight: 1, arbitrary: fc.constant("other" as const) },
);
const intrusion = fc.constantFrom(
  "veto" as const,
  "veto" as const,
  "stop" as const,
  "hold" as const,
  "successor" as const,
);

const vote = fc.tuple(anyPost, fc.integer({ min: 1, max: 3 })).map(([post, copies]) =>
  command(`vote ${JSON.stringify(post)} × ${copies}`, (model, rig) =>
    posts(
      model,
      rig,
      Array.from({ length: copies }, () => post),
    ),
  ),
);
const together = fc
  .tuple(anyPost, anyPost)
  .map((two) => command(`together ${JSON.stringify(two)}`, (model, rig) => posts(model, rig, two)));
const wrongCodes = person.map((person) =>
  command(`${person} guesses`, async (model, rig) => {
    const guess: Post = {
      person,
      vote: "approve",
      code: "wrong",
      reason: "blank",
      plan: "shown",
      form: "ours",
    };
    for (let n = 0; n < 5; n++) await posts(model, rig, [guess]);
    return "guesses";
  }),
);
const killedVote = fc
  .tuple(honest, fc.nat(12))
  .map(([post, at]) =>
    command(`${post.person} approves, killed at access ${at}`, (model, rig) =>
      crashedVote(model, rig, post, at),
    ),
  );
const step = fc
  .tuple(fc.constantFrom(0, 0, 0, 1), plan, fc.integer({ min: 1, max: 2 }))
  .map(([behind, plan, copies]) =>
    command(`apply, ${behind} epochs behind, ${plan} plan, × ${copies}`, (model, rig) =>
      apply(model, rig, { behind, plan, copies }),
    ),
  );
const disturbedStep = fc
  .tuple(fc.nat(22), intrusion)
  .map(([at, what]) =>
    command(`apply, and at access ${at} a ${what}`, (model, rig) => applyDuring(model, rig, at, what)),
  );
const time = fc
  .constantFrom(7_000, 7_000, 31_000, 31_000, 61_000, 61_000, 301_000, 14 * 60_000, 31 * 60_000)
  .map((ms) =>
    command(`${ms / 1_000} s pass`, async (model, rig) => {
      rig.pass(ms);
      model.now += ms;
      return "time";
    }),
  );
const edit = fc.constantFrom("old", "new", "other").map((to) =>
  command(`somebody sets the record to its ${to} value`, async (model, rig) => {
    const { estate } = rig.world;
    const [balancer, main, backup] = [estate.balancers[0], estate.servers[0], estate.servers[1]];
    const address = { old: balancer, new: backup, other: main }[to]?.address ?? "";
    rig.company.editRecord(estate.service.hostname, address);
    model.record = to;
    return "edit";
  }),
);
const plans = fc
  .constantFrom("approved" as const, "approved" as const, "edited" as const, "replaced" as const)
  .map((plan) => command(`the plan is ${plan}`, (model, rig) => tamper(model, rig, plan)));
const hold = fc.constantFrom(20_000, 600_000).map((ms) =>
  command(`hold for ${ms / 1_000} s`, async (model, rig) => {
    const until = plus(rig.world.clock.now(), ms);
    await putHold(rig.world.ledger, { system: SYSTEM, by: "cy", because: "a model", until });
    model.heldUntil = model.now + ms;
    return "hold";
  }),
);
const release = fc.constant(
  command("release", async (model, rig) => {
    await releaseHold(rig.world.ledger, SYSTEM);
    model.heldUntil = 0;
    return "release";
  }),
);
const stop = fc.constant(
  command("stop", async (model, rig) => {
    await putStop(rig.world.ledger, { by: "cy", reason: "a model", at: rig.world.clock.now() });
    model.stopped = true;
    return "stop";
  }),
);
const lift = fc.constant(
  command("lift", async (model, rig) => {
    await liftStop(rig.world.ledger);
    model.stopped = false;
    return "lift";
  }),
);
const restart = fc.constant(
  command("restart", async (_model, rig) => {
    await rig.restart();
    return "restart";
  }),
);

/** Every move, as often as it takes for sequences to come to the places that matter. */
export const commands: [weight: number, arbitrary: fc.Arbitrary<Command>][] = [
  [12, vote],
  [3, together],
  [1, wrongCodes],
  [2, killedVote],
  [10, step],
  [12, disturbedStep],
  [5, time],
  [3, edit],
  [2, plans],
  [2, hold],
  [3, release],
  [1, stop],
  [2, lift],
  [2, restart],
  [1, fc.constant(command("successor", succession))],
  [2, fc.constant(command("scanner", scan))],
  [3, fc.constant(command("consider", consider))],
  [1, fc.constant(command("close", endIncident))],
];
