import { sendAlert } from "../support/alert";
import { approve, openLink, type OpenedLink } from "../support/person";
import { nothingLeft } from "../support/processes";
import { prepareAll, untilReady, type Whole } from "../support/running";
import { pause, until } from "../../support/until";

describe("Ctrl-C in an incident that waits for people", () => {
  let whole: Whole;
  let id: string;
  let link: OpenedLink;
  beforeAll(async () => {
    whole = await prepareAll();
    await whole.start();
    await whole.asked.break("balancer-host-down");
    await sendAlert(whole.asked);
    link = await until("the manager's link", async () => openLink(whole.asked, "bo"), {
      within: 30_000,
      story: whole.asked.story,
    });
    ({ id } = await whole.asked.incident());
  }, 90_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  it("stops cleanly, and leaves no process", async () => {
    expect(await whole.stop()).toEqual({ code: 0, signal: null });
    expect(await whole.process().said).not.toMatch(/error|throw|unhandled/i);
  }, 60_000);

  it("is gone on with at the next start: the same incident, gate and link, and the same broken company", async () => {
    const { asked } = whole;
    await whole.start();
    expect((await asked.incidents()).map((one) => [one.id, one.state])).toEqual([[id, "awaiting-approval"]]);
    expect((await asked.faults()).filter((one) => one.active).map((one) => one.name)).toEqual([
      "balancer-host-down",
    ]);
    expect(await openLink(asked, "bo")).toMatchObject({ path: link.path, form: link.form, plan: link.plan });
    const incident = await asked.incident(id);
    expect(incident.gates).toMatchObject([{ state: "pending", planHash: link.plan, votes: [] }]);
    expect(await asked.effects()).toEqual([]);
  }, 60_000);

  it("and an approval through the old link still ends it", async () => {
    const { asked } = whole;
    expect((await approve(asked, "bo")).status).toBe(303);
    await until("it has recovered", async () => (await asked.incident(id)).outcome === "recovered", {
      within: 60_000,
      story: asked.story,
    });
    expect(await asked.effects()).toHaveLength(1);
    expect(await asked.incidents()).toHaveLength(1);
  }, 90_000);

  it("begins anew with --fresh: no incident, no fault, no change, other secrets, and the old link leads nowhere", async () => {
    const { asked, place } = whole;
    const before = (await asked.company()).nagios.secret;
    expect((await whole.stop()).code).toBe(0);
    await whole.start(["--fresh"]);
    expect(await asked.incidents()).toEqual([]);
    expect((await asked.faults()).filter((one) => one.active)).toEqual([]);
    expect(await asked.effects()).toEqual([]);
    expect((await asked.truth()).records[0]?.content).toBe(place.estate.balancers[0]?.address);
    expect((await asked.phones()).flatMap((one) => one.messages)).toEqual([]);
    expect((await asked.company()).nagios.secret).not.toBe(before);
    expect((await asked.send(link.path)).status).toBe(404);
  }, 60_000);
});

describe("Ctrl-C in the middle of the start", () => {
  let whole: Whole;
  let usual: number;
  beforeAll(async () => {
    whole = await prepareAll();
    usual = await whole.start();
    await whole.stop();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  it.each([0.1, 0.4, 0.6, 0.7, 0.8, 0.9])(
    "ends it without a word of complaint and leaves no process, at %d of the way",
    async (part) => {
      const launched = whole.launch();
      await pause(usual * part);
      const { code, signal } = await launched.signal("SIGINT");
      // Before it has anything to stop, it is ended as any program is.
      expect(code ?? signal).toBe(code === 0 ? 0 : "SIGINT");
      expect(await launched.said).not.toMatch(/error|at .*:\d+:\d+/i);
      await nothingLeft(whole.place);
    },
    30_000,
  );
});

describe("a signal for npm alone, as `kill` sends it", () => {
  it("ends everything that npm start has started", async () => {
    const whole = await prepareAll();
    try {
      const npm = whole.launchByNpm();
      await untilReady(whole.asked, npm);
      process.kill(npm.pid, "SIGTERM");
      await npm.ended;
      await nothingLeft(whole.place);
    } finally {
      await whole.cleanUp();
    }
  }, 60_000);
});
