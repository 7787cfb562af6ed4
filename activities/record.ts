import type { Fence } from "../shared/fence";
import type { IncidentState } from "../shared/incident";
import { updateIncident } from "../shared/ledger/incidents";
import { beat } from "../shared/ledger/limits";
import { addLine } from "../shared/ledger/record";
import type { World } from "../shared/world";

export type Sentence = {
  fence: Fence;
  /** Unique in the incident, and the same when the activity is repeated. */
  line: string;
  stage: string;
  says: string;
  /** The state the incident is in from now on; left out, it stays. */
  state?: IncidentState;
};

/** Writes one sentence of the record, and the incident's state with it. `false`: this orchestration owns it no longer. */
export async function record(input: Sentence, world: World): Promise<{ owned: boolean }> {
  const { fence, line, stage, state } = input;
  const says = input.says.slice(0, 2_000);
  const at = world.clock.now();
  await beat(world.ledger, fence.instance, at);
  const owned = await updateIncident(world.ledger, fence, {
    says,
    ...(state === undefined ? {} : { state }),
  });
  // A line of somebody who owns it no longer would contradict the successor's.
  if (owned) await addLine(world.ledger, fence.incident, line, { at, stage, says, by: "switchover" });
  return { owned };
}
