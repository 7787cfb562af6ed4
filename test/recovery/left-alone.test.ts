import { modes, startDrill, storyOf, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, codeOf, hasLink, openLink, reject } from "../support/people";

describe.each(modes)("a company that should be left alone, %s", (mode) => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await endRightly(drill);
  });

  const ours = () => drill.company.effects().filter((effect) => effect.by !== "somebody");
  const askedAboutTheBalancer = async () => {
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
  };

  it("is, when it heals while we diagnose", async () => {
    drill.company.break("balancer-host-down");
    await drill.until("it is being diagnosed", async () => (await drill.incidents()).length === 1);
    drill.company.heal("balancer-host-down");
    await drill.closed();
    expect(ours()).toEqual([]);
    expect((await drill.incident()).outcome).toBe("stood-down");
  });

  it("is, when it heals while people decide; the old link says why", async () => {
    await askedAboutTheBalancer();
    const { path, form, plan } = await openLink(drill, "bo");
    drill.company.heal("balancer-host-down");
    await drill.closed();
    expect(await drill.incident()).toMatchObject({ outcome: "stood-down", gates: [{ state: "void" }] });
    expect(await drill.page(path)).toContain("Customers are served again");
    const late = await drill.post(`${path}/approve`, { form, plan, code: codeOf(drill, "bo") });
    expect(late.status).toBe(303);
    await drill.advance(60_000);
    expect(ours()).toEqual([]);
  });

  it("is, when it heals between the approval and the step", async () => {
    await askedAboutTheBalancer();
    expect((await approve(drill, "bo")).status).toBe(303);
    drill.company.heal("balancer-host-down");
    drill.company.advanceTo(new Date(Date.parse(drill.company.now()) + 2_000).toISOString());
    await drill.closed();
    const incident = await drill.incident();
    expect(incident).toMatchObject({ outcome: "stood-down", gates: [{ state: "granted" }] });
    expect(incident.says).toContain("Customers are served again before anything was changed");
    expect(ours()).toEqual([]);
  });

  it("is, when a person rejects, and the same condition opens nothing new", async () => {
    await askedAboutTheBalancer();
    expect((await reject(drill, "bo", "the carrier is on it")).status).toBe(303);
    await drill.closed();
    await drill.advance(120_000);
    expect(await drill.incidents()).toMatchObject([
      { outcome: "stood-down", says: expect.stringContaining("the carrier is on it") },
    ]);
    expect(ours()).toEqual([]);
  });

  it("is, when nobody answers in time", async () => {
    await askedAboutTheBalancer();
    await drill.advance(drill.estate.policy.gateExpiresAfter);
    await drill.closed();
    expect(await drill.incidents()).toMatchObject([{ state: "closed", outcome: "handed-over" }]);
    expect((await drill.incident()).gates).toMatchObject([{ state: "expired", votes: [] }]);
    expect(ours()).toEqual([]);
  });

  it("keeps a record that somebody changed by hand before the approval", async () => {
    await askedAboutTheBalancer();
    const chosen = drill.estate.servers[0]?.address ?? "";
    const { path, form, plan } = await openLink(drill, "bo");
    drill.company.editRecord(drill.estate.service.hostname, chosen);
    const answer = await drill.post(`${path}/approve`, { form, plan, code: codeOf(drill, "bo") });
    expect(answer.status).toBe(303);
    await drill.closed();
    expect(await drill.incident()).toMatchObject({ outcome: "stood-down", gates: [{ state: "granted" }] });
    expect(drill.company.truth().records[0]?.content).toBe(chosen);
    expect(ours()).toEqual([]);
  });

  it.each([
    ["before the approval", false, "void"],
    ["after the approval", true, "granted"],
  ])(
    "keeps a record that somebody changed to something that does not work %s, and hands over",
    async (_when, approved, state) => {
      await askedAboutTheBalancer();
      const [asked] = await drill.incidents();
      if (approved) expect((await approve(drill, "bo")).status).toBe(303);
      drill.company.editRecord(drill.estate.service.hostname, "127.77.200.200");
      const over = async () => (await drill.incidents()).every((one) => one.state === "closed");
      await drill.until("nobody is at work any more", over);
      expect((await drill.incident(asked?.id)).gates).toMatchObject([{ state }]);
      expect(await drill.incidents()).toContainEqual(
        expect.objectContaining({ finding: "dns-wrong-records", outcome: "handed-over" }),
      );
      const told = drill.company.phones().map((phone) => phone.messages.at(-1)?.text);
      expect(told).toHaveLength(drill.estate.people.length);
      for (const text of told) expect(text).toContain("lb-1 is not healthy now");
      expect(drill.company.truth().records[0]?.content).toBe("127.77.200.200");
      expect(ours()).toEqual([]);
    },
  );

  it.each([["one vantage"], ["every vantage"]])("is, when %s is cut off", async (which) => {
    const names = drill.estate.vantages.map((one) => one.name);
    for (const name of which === "one vantage" ? names.slice(0, 1) : names) drill.company.cut(name);
    await drill.advance(40 * 60_000);
    expect(ours()).toEqual([]);
    const [incident] = await drill.incidents();
    // It looked at every half minute, but for the ticks that Azure left out.
    expect(drill.lived().units["timer-trigger"]).toBeGreaterThan(60);
    if (which === "one vantage") expect(incident).toBeUndefined();
    else expect(incident).toMatchObject({ finding: "observers-suspect", outcome: "handed-over" });
  });

  it("does nothing when the balancer is gone and only one vantage can tell", async () => {
    drill.company.cut(drill.estate.vantages[0]?.name ?? "");
    drill.company.break("balancer-host-down");
    await drill.until(
      "a person is asked",
      async () => (await drill.incidents())[0]?.state === "awaiting-person",
      600_000,
    );
    expect(await drill.incidents()).toHaveLength(1);
    expect(ours()).toEqual([]);
  });

  it("never touches a server that a deployment drained, however sick it is", async () => {
    const main = drill.estate.servers[0]?.name ?? "";
    drill.company.setServer(main, "drain");
    drill.company.break("api-server-sick");
    await drill.advance(5 * 60_000);
    expect(ours()).toEqual([]);
    expect(await drill.incidents()).toEqual([]);
    expect(drill.company.truth().servers.find((one) => one.name === main)?.status).toBe("DRAIN");
    // It was sick all along, and seen: as soon as the deployment gives it back it is ours to drain.
    drill.company.setServer(main, "ready");
    await drill.closed();
    expect(drill.changes()).toMatchObject([{ old: "ready", new: "drain" }]);
  });

  it("is not recovered at all while everything is stopped", async () => {
    await drill.post("/api/stop", { by: "ann", reason: "quarter close" });
    drill.company.break("api-server-sick");
    await drill.until(
      "it waits",
      async () => (await drill.incidents())[0]?.state === "awaiting-person",
      300_000,
    );
    await drill.advance(60_000);
    const incident = await drill.incident();
    expect(ours()).toEqual([]);
    expect(storyOf(incident)).toContain("quarter close");
    await drill.world.ledger.commit("incidents", [{ remove: "stop" }]);
    await drill.closed();
    expect((await drill.incident()).outcome).toBe("recovered");
  });
});
