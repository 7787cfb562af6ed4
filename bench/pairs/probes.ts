import { interpret, questions } from "../../shared/questions";
import type { ObserveResponse, Probe } from "../../shared/probe";
import type { VantagePort, World } from "../../shared/world";

/** What a vantage may take to answer at all (adapters/vantage.ts); one that is cut off takes it whole. */
const VANTAGE_DEADLINE_MS = 4_000;

/** When the first probe failed, and how long all looks since then would have taken on a real network. */
export type Probes = { firstFailure(): string | undefined; lookingMs(): number };

type Round = { at: string; tookMs: number; failed: boolean };

/**
 * The company in memory answers at once, and says how long it would have taken: a look lasts as long as
 * the slowest probe of its slowest vantage, because all of them are asked at the same time.
 */
export function watchProbes(world: World): Probes {
  const rounds = world.vantages.map((): Round[] => []);
  const asked = questions(world.estate);
  const isRed = ({ results }: ObserveResponse) =>
    asked.some(({ of, probe }) => {
      const result = results.find((one) => one.id === probe.id);
      return interpret("", of, result).saw !== "healthy";
    });
  const watched = world.vantages.map(
    (vantage, index): VantagePort => ({
      name: vantage.name,
      async observe(probes: Probe[]) {
        const round: Round = { at: world.clock.now(), tookMs: VANTAGE_DEADLINE_MS, failed: true };
        rounds[index]?.push(round);
        const answer = await vantage.observe(probes);
        round.failed = isRed(answer);
        round.tookMs = Math.max(0, ...answer.results.map((one) => one.tookMs));
        return answer;
      },
    }),
  );
  world.vantages.splice(0, watched.length, ...watched);
  const firstLook = () => {
    const failed = rounds.map((one) => one.findIndex((round) => round.failed)).filter((look) => look >= 0);
    return failed.length === 0 ? undefined : Math.min(...failed);
  };
  return {
    firstFailure: () => rounds[0]?.[firstLook() ?? -1]?.at,
    lookingMs() {
      const looks = rounds[0]?.length ?? 0;
      let total = 0;
      for (let look = firstLook() ?? looks; look < looks; look++)
        total += Math.max(...rounds.map((one) => one[look]?.tookMs ?? 0));
      return total;
    },
  };
}
