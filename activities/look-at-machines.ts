import { textOf } from "../shared/errors";
import { verdict } from "../shared/conclude/votes";
import type { Look, MachineSeen } from "../shared/observation";
import type { World } from "../shared/world";

/** Asks for the power of those machines whose part the vantages don't see healthy: a healthy day costs the cloud nothing. */
export async function lookAtMachines(seen: Look, world: World): Promise<MachineSeen[]> {
  const { balancers, servers } = world.estate;
  const ill = [
    ...balancers.filter(({ name }) => isIll(seen, { kind: "balancer", name })),
    ...servers.filter(({ name }) => isIll(seen, { kind: "server-health", name })),
  ].filter((one) => one.vm !== undefined);
  return await Promise.all(ill.map(({ name }) => powerOf(name, world)));
}

/** Not seen at all is no reason to ask: nothing is concluded from silence. */
function isIll(seen: Look, of: { kind: "balancer" | "server-health"; name: string }): boolean {
  const now = verdict(seen, of);
  return now !== "healthy" && now !== "unknown";
}

async function powerOf(name: string, world: World): Promise<MachineSeen> {
  try {
    const power = (await world.machine(name)?.power()) ?? "unknown";
    return { name, power, says: power };
  } catch (thrown) {
    return { name, power: "unknown", says: `no answer: ${textOf(thrown, 160)}` };
  }
}
