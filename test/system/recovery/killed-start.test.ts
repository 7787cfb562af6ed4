import { requirePart } from "../required";
import { sendAlert } from "../support/alert";
import { processesOf } from "../support/processes";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";

/** With the real HAProxy only: the stand-in lives in the sandbox's own process, and dies with it. */
const suite = requirePart("npm start killed in an incident", "haproxy", "haproxy") ? describe : describe.skip;

suite("npm start that is killed in an incident", () => {
  let whole: Whole;
  beforeAll(async () => {
    // Long enough to be killed in twice.
    whole = await prepareAll({ windows: { probation: "20s" } });
    await whole.start();
    await whole.asked.break("api-server-sick");
    await sendAlert(whole.asked);
    await until("the probation", async () => (await whole.asked.incident()).state === "probation", {
      within: 40_000,
      story: whole.asked.story,
    });
  }, 90_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  const pidOf = async (kind: string) =>
    (await whole.asked.company()).parts.find((one) => one.kind === kind)?.pid ?? 0;
  const isAlive = (pid: number) => processesOf(whole.place).some((line) => line.startsWith(`${pid} `));
  const changes = async () => (await whole.asked.effects()).map((one) => `${one.old} → ${one.new}`);
  const asBefore = async () => {
    const { asked } = whole;
    expect((await asked.faults()).filter((one) => one.active).map((one) => one.name)).toEqual([
      "api-server-sick",
    ]);
    const drained = (await asked.truth()).servers.filter((one) => one.status.startsWith("DRAIN"));
    expect(drained.map((one) => one.name)).toEqual(["api-main"]);
    expect(await changes()).toEqual(["ready → drain"]);
    expect(await asked.incidents()).toHaveLength(1);
  };

  it("takes the company with it, and the next start brings it back as it was", async () => {
    const sandbox = await pidOf("dns");
    await whole.process().signal("SIGKILL");
    await whole.start();
    expect(await pidOf("dns")).not.toBe(sandbox);
    await asBefore();
  }, 60_000);

  it("together with its sandbox leaves HAProxy alone in the world, and the next start ends that one", async () => {
    const [sandbox, stale] = [await pidOf("dns"), await pidOf("balancer")];
    process.kill(sandbox, "SIGKILL");
    await whole.process().signal("SIGKILL");
    expect(isAlive(stale)).toBe(true);
    await whole.start();
    expect(isAlive(stale)).toBe(false);
    expect(await pidOf("balancer")).not.toBe(stale);
    await asBefore();
  }, 60_000);

  it("and the incident ends as if nothing had happened", async () => {
    const { asked } = whole;
    await until("it has recovered", async () => (await asked.incident()).outcome === "recovered", {
      within: 60_000,
      story: asked.story,
    });
    expect(await changes()).toEqual(["ready → drain"]);
    await until("customers are served", async () => (await asked.truth()).customers.streak >= 3, {
      within: 20_000,
    });
  }, 90_000);
});
