import type { Diagnosis } from "../shared/diagnosis";
import type { Fence } from "../shared/fence";
import { systemOf } from "../shared/finding";
import { endClassification, readClassification as read } from "../shared/ledger/classification";
import type { World } from "../shared/world";

export type Classified =
  | { kind: "waiting" }
  | { kind: "none-of-these"; says: string }
  | { kind: "chosen"; by: string; diagnosis: Diagnosis };

/**
 * What a person said it is; with `close`, the question is over whether it was answered or not. Such a
 * diagnosis has no witness, so its plan is always put to a gate, and to other people than this one.
 */
export async function readClassification(
  input: { fence: Fence; gate: string; close: boolean },
  world: World,
): Promise<Classified> {
  const { fence, gate, close } = input;
  if (close) await endClassification(world.ledger, fence.incident, gate);
  const question = await read(world.ledger, fence.incident, gate);
  const answer = question?.chosen ?? null;
  if (question === undefined || answer === null) return { kind: "waiting" };
  const candidate = question.candidates.find((one) => one.id === answer.candidate);
  if (candidate === undefined) {
    return { kind: "none-of-these", says: `${answer.person} says it is none of these: ${answer.reason}` };
  }
  const { finding, target } = candidate;
  const diagnosis: Diagnosis = {
    finding,
    system: systemOf[finding],
    target,
    says: `${answer.person} classified it as ${finding} of ${target}: ${answer.reason}`,
    evidence: [candidate.says, question.says],
    runnerUp: null,
    missing: [],
    confidence: "none",
  };
  return { kind: "chosen", by: answer.person, diagnosis };
}
