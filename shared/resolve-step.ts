import { refuse, type Refusal } from "./errors";
import { candidates } from "./front-candidates";
import type { Look } from "./observation";
import type { Change } from "./plan";
import type { StepTemplate } from "./recovery-plan";
import { viewOf } from "./conclude/sick-server";
import { adminStateOf } from "./server-state";
import type { World } from "./world";

export type Resolved = { to?: string; changes: { change: Change; undo: Change }[] };

/** Makes a step's exact changes from the world as it is now. Reads only; refuses what would be unsafe or impossible already. */
export async function resolveStep(
  step: StepTemplate,
  context: { target: string; seen: Look; world: World },
): Promise<Resolved | Refusal> {
  switch (step.do) {
    case "setServerState":
      return resolveServerState(step.to, context);
    case "pointRecord":
      return await resolveRecord(context);
  }
}

function resolveServerState(
  to: Extract<StepTemplate, { do: "setServerState" }>["to"],
  { target, seen }: { target: string; seen: Look },
): Resolved | Refusal {
  const found = viewOf(seen, target);
  if (found === undefined) {
    return refuse(
      "BALANCER_SILENT",
      `No balancer answers for ${target}.`,
      "Without its Runtime API nothing can be drained.",
    );
  }
  const old = adminStateOf(found.state);
  if (old === to)
    return refuse(
      "ALREADY_SO",
      `${target} is ${to} already; somebody else did that.`,
      "It is theirs to put back.",
    );
  const change: Change = { do: "setServerState", balancer: found.balancer, server: target, old, new: to };
  return { changes: [{ change, undo: { ...change, old: to, new: old } }] };
}

async function resolveRecord({
  target,
  seen,
  world,
}: {
  target: string;
  seen: Look;
  world: World;
}): Promise<Resolved | Refusal> {
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
  const records = await world.records.read(estate.service.hostname);
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
