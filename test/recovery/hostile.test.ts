import { startDrill, storyOf, type Drill } from "../support/drill";
import { checkInvariants } from "../support/invariants";
import { approve, hasLink } from "../support/people";

/** Bad days of Azure's: `npm run prove` lives through more of them. */
const SEEDS = process.env["SWITCHOVER_PROVE"] === undefined ? 50 : 500;
const HOUR = 3_600_000;

async function sickServer(drill: Drill): Promise<void> {
  drill.company.break("api-server-sick");
  await drill.closed(HOUR / 8);
}

async function deadBalancer(drill: Drill): Promise<void> {
  drill.company.break("balancer-host-down");
  await drill.until("the manager is asked", () => hasLink(drill, "bo"), HOUR / 8);
  expect((await approve(drill, "bo")).status).toBe(303);
  await drill.closed(HOUR / 8);
}

/** Activities that die in flight or run twice, orchestrations failed by the platform, work that comes a minute late, early timers, silent ticks. */
describe("a recovery on Azure at its worst", () => {
  const deeds: string[] = [];
  it.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    "ends rightly, with one effect (seed %i)",
    async (seed) => {
      const drill = await startDrill({ mode: "hostile", seed });
      try {
        await drill.advance(31_000);
        await (seed % 2 === 0 ? sickServer(drill) : deadBalancer(drill));
        const incident = await drill.incident();
        if (incident.outcome !== "recovered")
          throw new Error(`${storyOf(incident)}\n${drill.host().hostileLog().join("\n")}`);
        expect(drill.changes()).toHaveLength(1);
        await checkInvariants(drill);
      } finally {
        deeds.push(...drill.host().hostileLog());
        await drill.end();
      }
    },
  );

  it.each([
    ["a worker that dies", /exited with code 137/],
    ["a turn that is lost", /a turn of .* is lost and runs again/],
    ["an activity that comes late, with its effect", /has its effect, loses its result and runs again/],
    ["an activity that comes late, without", /does not begin and comes back/],
    ["an activity that runs twice at once", /runs twice at once/],
    ["an activity that runs twice, one after the other", /and once more .* later for nothing/],
    ["a result that comes late", /the result of .* late/],
    ["a timer that is early", /is to fire .* early/],
    ["a tick that is silent", /is silent for/],
    ["an event that comes late", /event .* comes .* late/],
    ["another order", /in another order/],
  ])("lived through %s on one of these days", (_what, deed) => {
    expect(deeds.some((one) => deed.test(one))).toBe(true);
  });
});
