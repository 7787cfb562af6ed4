import { textOf } from "../shared/errors";
import type { Fence } from "../shared/fence";
import { detailsOf } from "../shared/ledger/record";
import type { World } from "../shared/world";

export type TellInput = {
  fence: Fence;
  /** Roles to tell, or everybody. */
  roles: ("on-call" | "manager" | "developer" | "administrator")[] | "everybody";
  /** Each person is told once per key. */
  key: string;
  text: string;
  /** The gate whose page the message links to, one link a person. */
  gate?: string;
};

/** Tells people, each once. A person who can't be reached doesn't keep the others from being told; `failed` names them. */
export async function tell(input: TellInput, world: World): Promise<{ told: string[]; failed: string[] }> {
  const { fence, key, text, gate } = input;
  const people = world.estate.people.filter(
    (person) => input.roles === "everybody" || input.roles.includes(person.role),
  );
  const told: string[] = [];
  const failed: string[] = [];
  for (const { name } of people) {
    const mark = `told/${key}/${name}`;
    if ((await world.ledger.read(detailsOf(fence.incident), mark)) !== undefined) {
      told.push(name);
      continue;
    }
    try {
      const link =
        gate === undefined
          ? undefined
          : `${world.estate.baseUrl.replace(/\/$/, "")}/gates/${world.links.token(fence.incident, gate, name)}`;
      await world.pager.tell(name, { text, ...(link === undefined ? {} : { link }) });
      await world.ledger.commit(detailsOf(fence.incident), [{ put: mark, value: { at: world.clock.now() } }]);
      told.push(name);
    } catch (thrown) {
      failed.push(`${name} (${textOf(thrown, 60)})`);
    }
  }
  return { told, failed };
}
