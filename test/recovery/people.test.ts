import { listIncidents } from "../../shared/ledger/incidents";
import { modes, startDrill, storyOf, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, codeOf, hasLink, openLink } from "../support/people";

describe.each(modes)("people, %s", (mode) => {
  let drill: Drill;
  afterEach(async () => {
    await endRightly(drill);
  });
  const begin = async (tune?: Parameters<typeof startDrill>[0]["tune"]) => {
    drill = await startDrill({ mode, ...(tune === undefined ? {} : { tune }) });
    await drill.advance(31_000);
  };
  const byHand = async (plan: string, target: string, by = "ann") =>
    drill.post(`/api/plans/${plan}/runs`, {
      by,
      code: codeOf(drill, by),
      target,
      reason: "planned maintenance",
    });
  const texts = (person: string) =>
    drill.company
      .phones()
      .find((phone) => phone.person === person)
      ?.messages.map((message) => message.text) ?? [];

  it("switch the load by hand on a healthy company, by somebody else's approval, and go home when they say so", async () => {
    await begin();
    expect((await byHand("bypassDeadBalancer", "lb-1")).status).toBe(202);
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    expect(hasLink(drill, "ann")).toBe(false);
    await approve(drill, "bo");
    await drill.closed();
    expect(await drill.incident()).toMatchObject({ outcome: "recovered", gates: [{ asked: ["bo", "cy"] }] });
    expect(drill.company.truth().records[0]?.content).toBe(drill.estate.servers[1]?.address);
    await drill.until("going home is asked for", async () => (await drill.incident()).gates.length === 2);
    expect(drill.changes()).toHaveLength(1);
  });

  it("drain a server by hand, and it stays drained however well it is", async () => {
    await begin();
    await byHand("drainSickServer", "api-main");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    expect(drill.changes()).toEqual([]);
    await approve(drill, "bo");
    await drill.closed();
    expect((await drill.incident()).gates).toMatchObject([{ state: "granted" }]);
    await drill.advance(5 * 60_000);
    expect(drill.changes().map((effect) => effect.new)).toEqual(["drain"]);
  });

  it("can't start what is not a plan, not a part, not proven, or under way already", async () => {
    await begin();
    expect((await byHand("noSuchPlan", "lb-1")).status).toBe(404);
    expect((await byHand("drainSickServer", "lb-1")).status).toBe(400);
    await drill.advance(30_000);
    expect((await byHand("drainSickServer", "api-main", "mallory")).status).toBe(403);
    const unproven = { by: "ann", code: "000000", target: "api-main", reason: "x" };
    expect((await drill.post("/api/plans/drainSickServer/runs", unproven)).status).toBe(403);
    expect(await drill.incidents()).toEqual([]);
    expect((await byHand("drainSickServer", "api-main")).status).toBe(202);
    await drill.advance(30_000);
    expect((await byHand("drainSickServer", "api-backup")).status).toBe(409);
  });

  it("classify by hand what stays unclear, and somebody else approves the plan that follows", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    drill.company.cut(drill.estate.vantages[0]?.name ?? "");
    await drill.until("the on-call engineer is asked what it is", () => hasLink(drill, "ann"), 400_000);
    const { path, form } = await openLink(drill, "ann");
    expect(await drill.page(path)).toContain("What is it?");
    const answer = {
      form,
      code: codeOf(drill, "ann"),
      candidate: "balancer-host-down.lb-1",
      reason: "the carrier says so",
    };
    expect((await drill.post(`${path}/classify`, { ...answer, code: "" })).status).toBe(400);
    expect((await drill.post(`${path}/classify`, { ...answer, reason: " " })).status).toBe(400);
    // With one vantage nothing healthy can be confirmed to switch to: a person's word does not replace that.
    drill.company.mend(drill.estate.vantages[0]?.name ?? "");
    expect((await drill.post(`${path}/classify`, answer)).status).toBe(303);
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    await approve(drill, "bo");
    await drill.closed();
    expect((await drill.incident()).outcome).toBe("recovered");
  });

  it("are told that a question is over when its incident has ended without their answer", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    drill.company.cut(drill.estate.vantages[0]?.name ?? "");
    await drill.until("the on-call engineer is asked what it is", () => hasLink(drill, "ann"), 400_000);
    const { path, form } = await openLink(drill, "ann");
    await drill.until(
      "it is handed over",
      async () => (await drill.incident()).outcome === "handed-over",
      40 * 60_000,
    );
    const incident = await drill.incident();
    const late = { form, code: codeOf(drill, "ann"), candidate: "none", reason: "too late now" };
    expect((await drill.post(`${path}/classify`, late)).status).toBe(303);
    expect(await drill.page(path)).not.toContain("<form");
    expect((await drill.incident(incident.id)).timeline).toEqual(incident.timeline);
  });

  it("are told level by level, until somebody takes it on", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    expect(hasLink(drill, "cy")).toBe(false);
    const [incident] = await drill.incidents();
    const taken = await drill.post(`/api/incidents/${incident?.id}/acknowledge`, {
      by: "ann",
      code: codeOf(drill, "ann"),
      says: "I am on it",
    });
    expect(taken.status).toBe(200);
    await drill.advance(20 * 60_000);
    expect(hasLink(drill, "cy")).toBe(false);
    expect(storyOf(await drill.incident())).toContain("ann has taken it on");
  });

  it("are asked all the same when the incident was taken on before there was a question", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    await drill.until("it is open", async () => (await drill.incidents()).length === 1);
    const [incident] = await drill.incidents();
    const fields = { by: "ann", code: codeOf(drill, "ann"), says: "I am on it" };
    expect((await drill.post(`/api/incidents/${incident?.id}/acknowledge`, fields)).status).toBe(200);
    expect(hasLink(drill, "bo")).toBe(false);
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    await drill.advance(20 * 60_000);
    expect(hasLink(drill, "cy")).toBe(false);
  });

  it("are all told when nobody takes it on", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    await drill.advance(16 * 60_000);
    expect(hasLink(drill, "cy")).toBe(true);
    expect(texts("cy")).toHaveLength(1);
  });

  it("on call by the dated list are told at opening, whatever their role", async () => {
    await begin(
      (estate) =>
        void (estate.onCall = [
          { person: "cy", from: "2026-01-01T00:00:00Z", until: "2027-01-01T00:00:00Z" },
        ]),
    );
    drill.company.break("api-server-sick");
    await drill.closed();
    expect(texts("cy")[0]).toContain("is open");
    expect(texts("ann")).toEqual([]);
  });

  it("hold a system: nothing is done to it, with the sentence why, until the hold is released", async () => {
    await begin();
    const hold = { system: "api-servers", by: "ann", because: "quarter close", for: "2h" };
    expect((await drill.post("/api/holds", hold)).status).toBe(200);
    drill.company.break("api-server-sick");
    await drill.until("it waits, and says why", async () => {
      const [incident] = await drill.incidents();
      return incident !== undefined && storyOf(await drill.incident()).includes("quarter close");
    });
    await drill.advance(60_000);
    expect(drill.changes()).toEqual([]);
    const release = (fields: Record<string, string>) =>
      drill
        .host()
        .fetch(
          new Request("http://localhost/api/holds", { method: "DELETE", body: new URLSearchParams(fields) }),
        );
    expect((await release({ system: "api-servers", by: "ann" })).status).toBe(403);
    expect((await release({ system: "api-servers", by: "ann", code: codeOf(drill, "ann") })).status).toBe(
      200,
    );
    await drill.closed();
    expect(drill.changes().map((effect) => effect.new)).toEqual(["drain"]);
  });

  it("veto after the approval, before the step: nothing is done", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    const { path, form, plan } = await openLink(drill, "ann");
    expect((await approve(drill, "bo")).status).toBe(303);
    expect((await drill.post(`${path}/reject`, { form, plan, reason: "wrong data centre" })).status).toBe(
      303,
    );
    await drill.closed();
    const incident = await drill.incident();
    expect(incident).toMatchObject({ outcome: "stood-down", gates: [{ state: "refused" }] });
    expect(incident.gates[0]?.votes).toMatchObject([
      { person: "bo", vote: "approve" },
      { person: "ann", vote: "reject" },
    ]);
    expect(incident.says).toContain("wrong data centre");
    expect(drill.changes()).toEqual([]);
  });

  it("cannot undo a recovery that is over by a late veto", async () => {
    await begin();
    drill.company.break("balancer-host-down");
    await drill.until("the manager is asked", () => hasLink(drill, "bo"));
    const { path, form, plan } = await openLink(drill, "ann");
    await approve(drill, "bo");
    await drill.closed();
    for (const reason of ["too late", "again"])
      expect((await drill.post(`${path}/reject`, { form, plan, reason })).status).toBe(303);
    await drill.advance(60_000);
    expect(drill.changes()).toHaveLength(1);
    expect((await drill.incident()).gates).toMatchObject([{ state: "granted", votes: [{ person: "bo" }] }]);
    expect((await listIncidents(drill.ledger))[0]?.outcome).toBe("recovered");
  });
});
