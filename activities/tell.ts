import { peopleOf } from "../shared/duty";
import { textOf } from "../shared/errors";
import type { Role } from "../shared/estate";
import type { Fence } from "../shared/fence";
import { acknowledgement } from "../shared/ledger/acknowledgement";
import { findLink } from "../shared/ledger/gates";
import { detailsOf } from "../shared/ledger/record";
import type { Message, World } from "../shared/world";

export type TellInput = {
  fence: Fence;
  /** Roles to tell, or everybody. */
  roles: Role[] | "everybody";
  /** Each person is told once per key. */
  key: string;
  text: string;
  /** The gate whose page the message links to, one link a person. */
  gate?: string;
  /** What the message is; left out, a question where there is a gate, and news otherwise. */
  kind?: NonNullable<Message["kind"]>;
  severity?: NonNullable<Message["severity"]>;
  /** Not to be sent once somebody has acknowledged the incident. */
  unlessAcknowledged?: boolean;
};

/**
 * Tells people, each once. A person whom no channel reaches doesn't keep the others from being told, and
 * has a deputy who is told instead; `failed` names who was not reached at all.
 */
export async function tell(input: TellInput, world: World): Promise<{ told: string[]; failed: string[] }> {
  const { estate, clock } = world;
  const people = input.roles === "everybody" ? estate.people : peopleOf(estate, input.roles, clock.now());
  const told: string[] = [];
  const failed: string[] = [];
  for (const { name, deputy } of people) {
    // Asked anew before each: who acknowledges stops the pages that are still to come.
    if (
      input.unlessAcknowledged === true &&
      (await acknowledgement(world.ledger, input.fence.incident)) !== undefined
    )
      break;
    const wrong = await reach(name, input, world);
    if (wrong === undefined) told.push(name);
    else if (deputy !== undefined && (await reach(deputy, input, world)) === undefined)
      told.push(`${deputy} for ${name}`);
    else failed.push(`${name} (${wrong})`);
  }
  return { told, failed };
}

async function reach(person: string, input: TellInput, world: World): Promise<string | undefined> {
  const { fence, key, text, gate } = input;
  const mark = `told/${key}/${person}`;
  if ((await world.ledger.read(detailsOf(fence.incident), mark)) !== undefined) return undefined;
  try {
    const link = gate === undefined ? undefined : await linkOf(fence.incident, gate, person, world);
    const { kind = gate === undefined ? "problem" : "ask", severity = "critical" } = input;
    const message: Message = { text, incident: fence.incident, kind, severity };
    await world.pager.tell(person, link === undefined ? message : { ...message, link });
    await world.ledger.commit(detailsOf(fence.incident), [{ put: mark, value: { at: world.clock.now() } }]);
    return undefined;
  } catch (thrown) {
    return textOf(thrown, 60);
  }
}

/** Only who was asked has a link: who asked for the plan is told, and can't decide. */
async function linkOf(
  incident: string,
  gate: string,
  person: string,
  world: World,
): Promise<string | undefined> {
  const token = world.links.token(incident, gate, person);
  if ((await findLink(world.ledger, world.links.hashOf(token))) === undefined) return undefined;
  return `${world.estate.baseUrl.replace(/\/$/, "")}/gates/${token}`;
}
