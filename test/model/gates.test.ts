import * as fc from "fast-check";
import { commands, reached, type Command } from "./gate-commands";
import { beginning, yesOf } from "./gate-beginning";
import { PEOPLE } from "./gate-model";
import { posts } from "./gate-votes";
import { checkGateInvariants, checkRecord } from "./gate-oracle";
import { openRig, type Question } from "./gate-rig";

const prove = process.env["SWITCHOVER_PROVE"] !== undefined;
const RUNS = prove ? 5_000 : 500;
/** The same sequences at every run of `npm test`; SWITCHOVER_SEED tries others. */
const SHIPPED_SEED = 5;
const SEED = Number(process.env["SWITCHOVER_SEED"] ?? SHIPPED_SEED);

const questions: fc.Arbitrary<Question> = fc.constantFrom(
  { quorum: 1, requestedBy: null },
  { quorum: 1, requestedBy: null },
  { quorum: 2, requestedBy: null },
  { quorum: 3, requestedBy: null },
  { quorum: 1, requestedBy: "ann" },
  { quorum: 2, requestedBy: "ann" },
);

/** Up to 30 moves, each as often as its weight says. */
const sequences: fc.Arbitrary<Iterable<Command>> = fc.commands(
  commands.flatMap(([weight, arbitrary]) => Array.from({ length: weight }, () => arbitrary)),
  { maxCommands: 30, size: "max" },
);

/** Places that a sequence must have come to somewhere, or the model has proven nothing about them. */
const MUST_REACH = [
  "vote-counted",
  "vote-earlier",
  "vote-too-late",
  "vote-unknown-link",
  "vote-problem-400-code",
  "vote-problem-400-reason",
  "vote-problem-403-form",
  "vote-problem-409-form",
  "vote-problem-429-code",
  "together-counted",
  "rejected",
  "killed-counted",
  "killed-not counted",
  "apply-done-written",
  "apply-done",
  "apply-already-so",
  "apply-PLAN_CHANGED",
  "apply-STALE_HOLDER",
  "apply-STOPPED",
  "apply-HELD",
  "apply-NOT_APPROVED",
  "apply-APPROVAL_STALE",
  "apply-CHANGED_BY_HAND",
  "veto-before-the-intent",
  "veto-after-the-intent",
  "stop-before-the-intent",
  "hold-before-the-intent",
  "successor-before-the-intent",
  "successor",
  "consider-expired",
  "voided",
  "scanner",
  "closed",
];

describe("a gate", () => {
  it(
    `holds I-01 to I-07 through ${RUNS} sequences of what people, platforms and scanners do (seed ${SEED})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(questions, fc.boolean(), sequences, async (question, approved, sequence) => {
          const rig = await openRig(question);
          const model = beginning(question, rig.company.now());
          try {
            // Half of them begin with everybody's yes, so that what follows an approval is not rare.
            if (approved) for (const person of PEOPLE) await posts(model, rig, [yesOf(person)]);
            await fc.asyncModelRun(() => ({ model, real: rig }), sequence);
            await checkGateInvariants(rig, null);
            await checkRecord(rig);
          } finally {
            await rig.end();
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
      if (process.env["SWITCHOVER_REACHED"])
        process.stdout.write(`${[...reached].map(String).sort().join("\n")}\n`);
      // A seed of somebody's choice may miss the rare ones.
      if (SEED === SHIPPED_SEED || prove)
        expect(MUST_REACH.filter((place) => !reached.has(place))).toEqual([]);
    },
    prove ? 1_800_000 : 240_000,
  );
});
