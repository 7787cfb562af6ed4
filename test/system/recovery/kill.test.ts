import type { IncidentState } from "../../../shared/incident";
import { sendAlert } from "../support/alert";
import { startParts, untilReady, type Parts } from "../support/running";
import { until } from "../../support/until";
import { killUntilClosed, storyOf, type Kill, type Victim } from "./killing";

const PROVE = process.env["SWITCHOVER_PROVE"] !== undefined;
/** Kills that must land in each state, over all incidents of one disaster. */
const EACH = PROVE ? 10 : 3;
/** More in one incident would only kill what was restarted a moment ago, again and again. */
const IN_ONE_INCIDENT = 3;
const MOST_INCIDENTS = PROVE ? 30 : 8;

/** Long enough for some kills and starts in the same state. */
const WINDOWS = {
  secondLook: "3s",
  lookAgain: "2s",
  gateTick: "2s",
  verify: "60s",
  verifyEvery: "4s",
  probation: "8s",
  probationEvery: "2s",
  stalled: "2m",
};

type Disaster = {
  fault: string;
  /** Each incident is caused in the next way: what hangs makes looking slow, and the states long. */
  ways: string[];
  states: IncidentState[];
  approves: string | undefined;
};

const disasters: Disaster[] = [
  {
    fault: "balancer-host-down",
    ways: ["powered-off", "dropped"],
    states: ["diagnosing", "awaiting-approval", "executing", "verifying", "probation"],
    approves: "bo",
  },
  {
    fault: "api-server-sick",
    ways: PROVE ? ["errors", "slow"] : ["errors"],
    states: ["diagnosing", "executing", "verifying", "probation"],
    approves: undefined,
  },
];

describe("the engine's process is killed, again and again,", () => {
  let parts: Parts;
  const report: string[] = [];
  beforeAll(async () => {
    parts = await startParts({ windows: WINDOWS });
  }, 60_000);
  afterAll(async () => {
    process.stdout.write(`${report.join("\n")}\n`);
    await parts.cleanUp();
  }, 60_000);

  it.each(disasters)(
    "in every state of $fault, and the incident ends rightly, with each effect in force once",
    async (disaster) => {
      const kills: Kill[] = [];
      const count = (state: IncidentState) => kills.filter((one) => one.landed === state).length;
      const missing = () => disaster.states.filter((state) => count(state) < EACH);
      let incidents = 0;
      for (; missing().length > 0 && incidents < MOST_INCIDENTS; incidents += 1) {
        const way = disaster.ways[incidents % disaster.ways.length];
        kills.push(...(await oneIncident(parts, disaster, way, (state) => count(state) < EACH)));
      }
      report.push(summaryOf(disaster.fault, incidents, kills));
      expect(missing()).toEqual([]);
    },
    PROVE ? 3_600_000 : 300_000,
  );
});

/** How many landed where, and beside a state how far the change had come. */
function summaryOf(fault: string, incidents: number, kills: Kill[]): string {
  const places = kills.map((one) => [one.landed, ...one.effects].join("/"));
  const counts = [...new Set(places)].map(
    (place) => `${place} ${places.filter((one) => one === place).length}`,
  );
  return `${fault}: ${kills.length} kills in ${incidents} incidents: ${counts.sort().join(", ")}`;
}

async function oneIncident(
  parts: Parts,
  disaster: Disaster,
  way: string | undefined,
  stillWanted: (state: IncidentState) => boolean,
): Promise<Kill[]> {
  await asNew(parts);
  await parts.asked.break(disaster.fault, way);
  await sendAlert(parts.asked);
  const kills: Kill[] = [];
  const wants = (state: IncidentState) =>
    disaster.states.includes(state) &&
    stillWanted(state) &&
    kills.filter((one) => one.landed === state).length < IN_ONE_INCIDENT;
  const victim: Victim = { parts, kills, wants };
  await killUntilClosed(victim, disaster.approves);
  await endedRightly(victim, disaster);
  return kills;
}

/** A new engine, a new company, and customers who are served. */
async function asNew(parts: Parts): Promise<void> {
  await parts.killEngine();
  parts.forget();
  await parts.asked.reset();
  await untilReady(parts.asked, parts.startEngine());
  const servers = parts.place.estate.servers.length;
  const well = async () => {
    const truth = await parts.asked.truth();
    return (
      truth.customers.streak >= 2 && truth.servers.filter((one) => one.status === "UP").length === servers
    );
  };
  await until("the company is as new", well, { within: 20_000 });
}

/** Judged by the company's own log of what reached it, not by what the recovery says of itself. */
async function endedRightly(victim: Victim, disaster: Disaster): Promise<void> {
  const { parts } = victim;
  const { asked } = parts;
  const effects = (await asked.effects()).filter((one) => one.by !== "somebody");
  const changes = effects.filter((one) => one.old !== one.new);
  const incidents = await asked.incidents();
  const incident = await asked.incident();
  try {
    expect(incidents).toHaveLength(1);
    expect(incident).toMatchObject({ finding: disaster.fault, outcome: "recovered" });
    expect(changes).toHaveLength(1);
    const [{ resource, old, new: now } = { resource: "", old: "", new: "" }] = changes;
    expect(incident.effects).toMatchObject([{ resource, old, new: now, outcome: "done" }]);
    expect(
      incident.gates.map((gate) => [gate.state, gate.votes.map((one) => `${one.person} ${one.vote}`)]),
    ).toEqual(disaster.approves === undefined ? [] : [["granted", [`${disaster.approves} approve`]]]);
    await until("customers are served", async () => (await asked.truth()).customers.streak >= 3, {
      within: 20_000,
    });
  } catch (thrown) {
    throw new Error(await storyOf(victim, String(thrown)), { cause: thrown });
  }
  await parts.killEngine();
}
