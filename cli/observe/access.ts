import { RecoveryError, textOf } from "../../shared/errors";
import { questions } from "../../shared/questions";
import type { World } from "../../shared/world";

/** Whether what Switchover would need of somebody's door opens it, found out by a call that only reads. */
export type Access = { to: string; works: boolean; says: string };

type Check = { to: string; ask: () => Promise<string> };

/**
 * For each port, the calls that try its credentials; null where it has none, or where trying would do
 * something. A port that is new does not compile without its line.
 */
const checks: { [P in keyof Required<World>]: ((world: World) => Check[]) | null } = {
  estate: null,
  clock: null,
  ledger: null,
  digest: null,
  shortId: null,
  // To try a channel is to send a message.
  pager: null,
  vantages: (world) =>
    world.vantages.map((vantage) => ({
      to: `the vantage ${vantage.name}`,
      ask: async () => {
        const probes = questions(world.estate)
          .slice(0, 1)
          .map((one) => one.probe);
        await vantage.observe(probes);
        return "takes our signature, and answers";
      },
    })),
  balancer: (world) =>
    world.estate.balancers.map(({ name }) => ({
      to: `the Runtime API of ${name}`,
      ask: async () => `lists ${(await world.balancer(name).servers()).length} servers`,
    })),
  machine: (world) =>
    [...world.estate.balancers, ...world.estate.servers].flatMap(({ name }) => {
      const machine = world.machine(name);
      if (machine === undefined) return [];
      return [{ to: `Azure, for the machine of ${name}`, ask: async () => `says ${await machine.power()}` }];
    }),
  records: (world) => [
    {
      to: "CloudFlare's API",
      ask: async () => {
        const { hostname } = world.estate.service;
        const count = (await world.records.read(hostname)).length;
        return `takes the token, and lists ${count === 1 ? "one address record" : `${count} address records`} of ${hostname}`;
      },
    },
  ],
  zone: (world) => [
    {
      to: "CloudFlare's settings of the zone",
      ask: async () => {
        const paused = (await world.zone.paused())
          ? "the zone is paused: nothing of it is proxied"
          : "not paused";
        return `may be read: security level ${await world.zone.securityLevel()}, ${paused}`;
      },
    },
  ],
  codes: (world) =>
    world.estate.people.map(({ name }) => ({
      to: `the one-time codes of ${name}`,
      ask: async () => {
        world.codes.stepOf(name, "000000");
        return "can be verified";
      },
    })),
  links: (world) => [
    {
      to: "links to decisions",
      ask: async () => {
        world.links.token("observe", "observe", "observe");
        return "can be made";
      },
    },
  ],
};

/** Tries every door at once; each has its own deadline in its adapter. */
export async function tryAccess(world: World): Promise<Access[]> {
  const all = Object.values(checks).flatMap((make) => make?.(world) ?? []);
  return await Promise.all(
    all.map(async ({ to, ask }) => {
      try {
        return { to, works: true, says: await ask() };
      } catch (thrown) {
        const lacks = thrown instanceof RecoveryError && thrown.code === "SECRET_MISSING";
        return { to, works: false, says: lacks ? "not tried: its secret is missing" : textOf(thrown, 400) };
      }
    }),
  );
}
