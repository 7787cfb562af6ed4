import { possibleFindings } from "../shared/conclude/candidates";
import type { Fence } from "../shared/fence";
import { audit } from "../shared/ledger/audit";
import { openClassification, type Classification } from "../shared/ledger/classification";
import { lastLook } from "../shared/ledger/record";
import type { World } from "../shared/world";

/** Opens the question "what is it?" with the candidates and their evidence. What is chosen still goes through a gate: nobody acts alone. */
export async function askToClassify(
  input: { fence: Fence; says: string },
  world: World,
): Promise<{ gate: string }> {
  const { fence, says } = input;
  const { ledger, links, estate, clock } = world;
  const seen = await lastLook(ledger, fence.incident);
  const id = `classify-${fence.epoch}`;
  const asked = estate.people.map((person) => person.name);
  const question: Classification = {
    id,
    openedAt: clock.now(),
    asked,
    says,
    candidates: seen === undefined ? [] : possibleFindings(seen, estate),
    chosen: null,
  };
  const given = asked.map((person) => ({
    person,
    hash: links.hashOf(links.token(fence.incident, id, person)),
  }));
  await openClassification(ledger, fence.incident, question, given);
  await audit(world, { actor: "switchover", action: "classify-opened", subject: fence.incident, detail: id });
  return { gate: id };
}
