import { isRefusal, refuse, type Refusal } from "../errors";
import { candidates } from "../front-candidates";
import type { Change } from "../plan";
import { recordsNow } from "./control-plane";
import type { Resolved, Resolving } from "./resolving";

/** The records that lead to the dead balancer, pointed at the first healthy part instead. */
export async function resolveRecord({ target, seen, world }: Resolving): Promise<Resolved | Refusal> {
  const { estate } = world;
  const dead = estate.balancers.find((one) => one.name === target);
  const options = candidates(seen, estate, target);
  const to = options.find((one) => one.fit);
  if (dead === undefined || to === undefined) {
    const looked = options.map((one) => `${one.name} (${one.kind})`).join(", ") || "nothing";
    return refuse(
      "NO_HEALTHY_TARGET",
      `Nothing healthy is left to lead customers to; looked at ${looked}.`,
      "A person must find a way.",
    );
  }
  const records = await recordsNow({ seen, world });
  if (isRefusal(records)) return records;
  const leading = records.filter((record) => record.content === dead.address);
  if (leading.length === 0) {
    return refuse(
      "CHANGED_BY_HAND",
      `No record of ${estate.service.hostname} leads to ${target} any more.`,
      "Look at who changed it.",
    );
  }
  const changes = leading.map(({ id, name, type, content, proxied, ttl }) => {
    const old = { type, content, proxied, ttl };
    const change: Change = {
      do: "pointRecord",
      record: id,
      hostname: name,
      old,
      new: { ...old, content: to.address },
      to: to.name,
    };
    return { change, undo: { ...change, old: change.new, new: old, to: target } satisfies Change };
  });
  return { to: to.name, changes };
}
