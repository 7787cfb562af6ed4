import { approve, linkOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";
import { requirePart } from "../required";

const suite = requirePart("HAProxy started again", "haproxy", "haproxy") ? describe : describe.skip;

suite("a real HAProxy that died on a living machine", () => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await prepareAll();
    await whole.start();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  it("is started again by its machine after one approval, and serves", async () => {
    const { asked } = whole;
    const { story } = asked;
    const pid = async () => (await asked.company()).parts.find((one) => one.kind === "balancer")?.pid ?? 0;
    const served = () =>
      until("customers are served", async () => (await asked.truth()).customers.streak >= 5, {
        within: 30_000,
        story,
      });
    await served();
    const before = await pid();
    process.kill(before, "SIGKILL");
    const found = await until(
      "it is found",
      async () => (await asked.incidents()).find((one) => one.finding !== null),
      { within: 60_000, story },
    );
    expect(found.finding).toBe("balancer-process-down");
    await until("the manager is asked", async () => linkOf(asked, "bo"), { within: 60_000, story });
    expect(await asked.effects()).toEqual([]);
    expect((await approve(asked, "bo")).status).toBe(303);
    const closed = await until(
      "it is closed",
      async () => {
        const incident = await asked.incident(found.id);
        return incident.state === "closed" && incident;
      },
      { within: 150_000, story },
    );
    expect(closed.outcome).toBe("recovered");
    expect((await asked.effects()).map((one) => `${one.resource} ${one.old} → ${one.new}`)).toEqual([
      "service/lb-1/haproxy failed → active",
    ]);
    expect(await pid()).not.toBe(before);
    await served();
  }, 300_000);
});
