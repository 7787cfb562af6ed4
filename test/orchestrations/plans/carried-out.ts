import { applyStep } from "../../../activities/apply-step";
import { askPeople } from "../../../activities/ask-people";
import { look } from "../../../activities/look";
import { nameFinding } from "../../../activities/name-finding";
import { pinPlan } from "../../../activities/pin-plan";
import { conclude } from "../../../shared/conclude/conclude";
import { isRefusal } from "../../../shared/errors";
import type { Fence } from "../../../shared/fence";
import { castVote } from "../../../shared/ledger/gates";
import { openIncident } from "../../../shared/ledger/incidents";
import type { RecoveryPlan } from "../../../shared/recovery-plan";
import type { World } from "../../../shared/world";
import { openBench, type Bench } from "../../support/company";
import type { Fate } from "./fate";

/** A company that is broken as the plan answers, with the plan pinned and granted by as many people as it asks for. */
export type Ready = {
  bench: Bench;
  /** The steps of the plan, in their order. */
  steps: string[];
  /** One step, as the orchestration would call it. Throws what the activity throws, and on a refusal. */
  step(id: string): Promise<void>;
};

export async function readyToRun(plan: RecoveryPlan, way: string, fate: Fate): Promise<Ready> {
  const bench = openBench();
  bench.pass(10_000);
  bench.company.break(plan.answers, way);
  bench.pass(20_000);
  const { world } = bench;
  const incident = "inc-20260301080030-test";
  await openIncident(world.ledger, {
    id: incident,
    scope: "diagnosis",
    at: world.clock.now(),
    because: "a test",
  });
  const fence: Fence = { incident, epoch: 1, instance: incident };
  const diagnosis = conclude(await look({}, world), world.estate);
  if (diagnosis.finding !== plan.answers)
    throw new Error(
      `${plan.answers} (${way}) is taken for ${diagnosis.finding}; ${plan.name} would not be asked for.`,
    );
  await nameFinding({ fence, finding: plan.answers }, world);
  const wanted = { fence, run: "out", number: 1, plan, diagnosis, requestedBy: null, byHand: false } as const;
  const pinned = await patient(bench, () => pinPlan(wanted, world));
  if (isRefusal(pinned)) throw new Error(`${plan.name} could not be pinned: ${pinned.says}`);
  const { gate, people } = await askPeople({ fence, run: "out" }, world);
  for (const person of people.slice(0, plan.quorum)) {
    const at = world.clock.now();
    const vote = { person, vote: "approve", reason: null, at, planHash: pinned.hash } as const;
    await castVote(world.ledger, incident, gate, vote);
  }
  const mortal = mortalWorld(bench, fate);
  return {
    bench,
    steps: pinned.steps,
    async step(id) {
      const warrant = { kind: "gate", gate } as const;
      const input = { fence, run: "out", hash: pinned.hash, step: id, warrant, direction: "do" } as const;
      const applied = await patient(bench, () => applyStep(input, mortal));
      if (isRefusal(applied)) throw new Error(`${id} was refused: ${applied.refused} ${applied.says}`);
    },
  };
}

/** What takes long is asked for again, as the orchestration does, until it is over. */
async function patient<T>(bench: Bench, ask: () => Promise<T>): Promise<T> {
  for (let round = 0; ; round++) {
    const answer = await ask();
    if (!isRefusal(answer) || answer.refused !== "UNDER_WAY" || round > 50) return answer;
    bench.pass(4_000);
  }
}

/** The world of a process that can die at each of its commits and each write that reaches the company. */
function mortalWorld({ world, company }: Bench, fate: Fate): World {
  company.beforeWrite = () => fate.at();
  company.afterWrite = () => fate.at();
  return {
    ...world,
    ledger: {
      ...world.ledger,
      async commit(partition, writes) {
        fate.at();
        await fate.meanwhile();
        const done = await world.ledger.commit(partition, writes);
        fate.at();
        await fate.meanwhile();
        return done;
      },
    },
  };
}

/** What has become of the company: all of the truth that time alone does not change, and our changes by resource. */
export function fateOf({ bench }: Ready): { truth: string; changes: string[] } {
  bench.pass(30_000);
  const { customers: _counted, ...truth } = bench.company.truth();
  const passing = new Set(["errors", "sessions"]);
  return {
    truth: JSON.stringify(truth, (key, value: unknown) => (passing.has(key) ? undefined : value)),
    changes: bench.company
      .effects()
      .filter((effect) => effect.by !== "somebody" && effect.old !== effect.new)
      .map((effect) => `${effect.resource}: ${effect.old} -> ${effect.new}`),
  };
}
