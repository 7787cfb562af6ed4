import { approve, linkOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";
import { requirePart } from "../required";

/** The timer looks every 30 s; a look, a second one, the plan and its windows follow. */
const FOUND = 60_000;
const CLOSED = 60_000;

describe("the company that npm start builds", () => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await prepareAll();
    await whole.start();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  const closed = (id: string) =>
    until(
      "the incident is closed",
      async () => {
        const incident = await whole.asked.incident(id);
        return incident.state === "closed" && incident;
      },
      { within: CLOSED, story: whole.asked.story },
    );
  const known: string[] = [];
  const newIncident = async () => {
    const found = await until(
      "the fault is found",
      async () =>
        (await whole.asked.incidents()).find((one) => !known.includes(one.id) && one.finding !== null),
      { within: FOUND, story: whole.asked.story },
    );
    known.push(found.id);
    return found;
  };
  const served = (times: number) =>
    until("customers are served", async () => (await whole.asked.truth()).customers.streak >= times, {
      within: times * 1_500 + 15_000,
      story: async () => `${JSON.stringify(await whole.asked.truth())}\n${await whole.asked.story()}`,
    });

  it("loses its load balancer, and is served again after one approval through the link on a phone", async () => {
    const { asked, place } = whole;
    await served(1);
    await asked.break("balancer-host-down");
    const { id } = await newIncident();
    await until("the manager is asked", async () => linkOf(asked, "bo"), {
      within: FOUND,
      story: asked.story,
    });
    expect(await asked.effects()).toEqual([]);
    expect((await approve(asked, "bo")).status).toBe(303);

    expect(await closed(id)).toMatchObject({ finding: "balancer-host-down", outcome: "recovered" });
    await served(30);
    const [record] = (await asked.truth()).records;
    expect(record?.content).toBe(place.estate.servers.find((one) => one.role === "backup")?.address);
    expect(await asked.effects()).toHaveLength(1);
    expect(await asked.incidents()).toHaveLength(1);
  }, 240_000);

  it("is as new after a reset", async () => {
    await whole.asked.reset();
    const truth = await whole.asked.truth();
    expect(truth.records[0]?.content).toBe(whole.place.estate.balancers[0]?.address);
    expect(await whole.asked.effects()).toEqual([]);
    expect((await whole.asked.faults()).filter((one) => one.active)).toEqual([]);
    await served(3);
  }, 60_000);

  it("has a sick server taken out without any approval", async () => {
    const { asked } = whole;
    await asked.break("api-server-sick");
    const { id } = await newIncident();
    const incident = await closed(id);
    expect(incident).toMatchObject({ finding: "api-server-sick", outcome: "recovered", gates: [] });
    const drained = (await asked.truth()).servers.filter((one) => one.status.startsWith("DRAIN"));
    expect(drained.map((one) => one.name)).toEqual(["api-main"]);
    expect((await asked.effects()).map((one) => `${one.old} → ${one.new}`)).toEqual(["ready → drain"]);
    await served(5);
    await asked.reset();
    await served(3);
  }, 240_000);

  const byHand = requirePart("HAProxy killed by hand", "haproxy", "haproxy") ? it : it.skip;
  byHand(
    "is found when somebody kills HAProxy's process instead of pressing the button, and left alone when it is back",
    async () => {
      const { asked } = whole;
      const pid = (await asked.company()).parts.find((one) => one.kind === "balancer")?.pid ?? 0;
      expect(pid).toBeGreaterThan(1);
      process.kill(pid, "SIGKILL");
      const { id, finding } = await newIncident();
      expect(finding).toBe("balancer-process-down");
      await until(
        "the manager is asked",
        async () => (await asked.incident(id)).state === "awaiting-approval",
        {
          within: FOUND,
          story: asked.story,
        },
      );
      await asked.reset();
      expect((await closed(id)).outcome).toBe("stood-down");
      expect(await asked.effects()).toEqual([]);
    },
    240_000,
  );
});
