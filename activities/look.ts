import { RecoveryError, textOf } from "../shared/errors";
import type { Look, Observation } from "../shared/observation";
import { ownAnswer } from "../shared/own-answer";
import { interpret, questions } from "../shared/questions";
import type { World } from "../shared/world";
import { lookAtMachines } from "./look-at-machines";

/** Looks at everything from every vantage at once, and asks the balancers and the DNS provider for their own view. Reads only. */
export async function look(_input: object, world: World): Promise<Look> {
  const at = world.clock.now();
  const [fromOutside, fromInside, records] = await Promise.all([
    Promise.all(world.vantages.map((vantage) => fromVantage(vantage, world))),
    Promise.all(world.estate.balancers.map((balancer) => viewOf(balancer.name, world))),
    recordsOf(world),
  ]);
  const seen: Look = {
    at,
    vantages: fromOutside.map(({ name, answered }) => ({ name, answered })),
    observations: [
      ...fromOutside.flatMap((one) => one.observations),
      ...fromInside.map((one) => one.observation),
    ],
    views: fromInside.flatMap((one) =>
      one.servers === undefined
        ? []
        : [
            {
              balancer: one.balancer,
              servers: one.servers,
              ...(one.load === undefined ? {} : { load: one.load }),
            },
          ],
    ),
    ...records,
  };
  const machines = await lookAtMachines(seen, world);
  return machines.length === 0 ? seen : { ...seen, machines };
}

async function recordsOf({ records, estate }: World): Promise<Pick<Look, "records" | "recordsFailed">> {
  try {
    return { records: await records.read(estate.service.hostname) };
  } catch (thrown) {
    const code = thrown instanceof RecoveryError ? thrown.code : "UNEXPECTED";
    return { records: null, recordsFailed: { code, says: textOf(thrown, 160) } };
  }
}

async function fromVantage(vantage: World["vantages"][number], world: World) {
  const asked = questions(world.estate);
  try {
    const answer = await vantage.observe(asked.map((one) => one.probe));
    const observations = asked.map(({ probe, of }) =>
      interpret(
        vantage.name,
        of,
        ownAnswer(
          world.estate,
          of,
          answer.results.find((one) => one.id === probe.id),
        ),
      ),
    );
    return { name: vantage.name, answered: true, observations };
  } catch (thrown) {
    const says = `the vantage did not answer: ${textOf(thrown, 80)}`;
    const observations = asked.map(({ of }): Observation => ({ by: vantage.name, of, saw: "unknown", says }));
    return { name: vantage.name, answered: false, observations };
  }
}

async function viewOf(name: string, world: World) {
  const of = { kind: "balancer-view", name } as const;
  try {
    const port = world.balancer(name);
    // A balancer that does not say how busy it is still says what matters more.
    const [servers, load] = await Promise.all([port.servers(), port.load().catch(() => undefined)]);
    const says = servers.map((server) => `${server.name} ${server.status}`).join(", ") || "no server at all";
    return {
      balancer: name,
      servers,
      load,
      observation: { by: "switchover", of, saw: "healthy", says } satisfies Observation,
    };
  } catch (thrown) {
    return {
      balancer: name,
      observation: {
        by: "switchover",
        of,
        saw: "unknown",
        says: `no answer: ${textOf(thrown, 80)}`,
      } satisfies Observation,
    };
  }
}
