import { vote } from "../../activities/vote";
import { modes, startDrill, type Drill } from "../support/drill";
import { endRightly } from "../support/invariants";
import { approve, codeOf, hasLink, openLink } from "../support/people";

describe.each(modes)("a vote, %s", (mode) => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode });
    await drill.advance(31_000);
    drill.company.break("balancer-host-down");
  });
  afterEach(async () => {
    await endRightly(drill);
  });
  const asked = () => drill.until("the manager is asked", () => hasLink(drill, "bo"));

  it("sent before the orchestration waits is found when it does", async () => {
    let voted = false;
    drill.afterUnit = async () => {
      if (voted || !hasLink(drill, "bo")) return;
      voted = true;
      expect((await approve(drill, "bo")).status).toBe(303);
    };
    await drill.closed();
    expect(await drill.incident()).toMatchObject({
      outcome: "recovered",
      gates: [{ votes: [{ person: "bo" }] }],
    });
    expect(drill.changes()).toHaveLength(1);
  });

  it("sent twice, and after the decision, and by others after it, counts once", async () => {
    await asked();
    const late = await openLink(drill, "ann");
    await approve(drill, "bo");
    await approve(drill, "bo");
    await drill.closed();
    const { path, form, plan } = late;
    const answer = await drill.post(`${path}/approve`, { form, plan, code: codeOf(drill, "ann") });
    expect(answer.status).toBe(303);
    await drill.advance(30_000);
    expect((await drill.incident()).gates).toMatchObject([{ state: "granted", votes: [{ person: "bo" }] }]);
    expect(drill.changes()).toHaveLength(1);
    expect(await drill.page(late.path)).toMatch(/approved/i);
  });

  it("is not lost when the host dies right after it", async () => {
    await asked();
    await approve(drill, "bo");
    await drill.restart();
    await drill.closed();
    expect((await drill.incident()).outcome).toBe("recovered");
  });

  it("is read at the next tick when the doorbell fails", async () => {
    await asked();
    const { path, form, plan } = await openLink(drill, "bo");

    const token = path.slice("/gates/".length);
    // The ledger's write alone, as when the event could not be raised.
    await vote({ token, vote: "approve", code: codeOf(drill, "bo"), reason: "", form, plan }, drill.world);
    await drill.closed();
    expect((await drill.incident()).outcome).toBe("recovered");
  });

  it("is not cast by a thousand readers of the link", async () => {
    await asked();
    const { path } = await openLink(drill, "bo");
    const before = await drill.incident();
    expect(before.gates).toMatchObject([{ state: "pending", votes: [] }]);
    for (let reader = 0; reader < 1_000; reader++) {
      const answer = await drill
        .host()
        .fetch(new Request(`http://localhost${path}`, { method: reader % 3 === 0 ? "HEAD" : "GET" }));
      expect(answer.status).toBe(200);
    }
    expect((await drill.incident()).gates).toEqual(before.gates);
    expect(drill.changes()).toEqual([]);
  });

  it("is not cast by a scanner that presses everything", async () => {
    await asked();
    const { path, form, plan } = await openLink(drill, "bo");
    for (const fields of [{}, { form: "", plan: "" }, { form, plan }, { form, plan, code: "", reason: "" }]) {
      for (const button of ["approve", "reject"]) {
        const answer = await drill.post(`${path}/${button}`, fields);
        // 411: an empty form has no length, and is turned away at the door.
        expect([400, 403, ...(Object.keys(fields).length === 0 ? [411] : [])]).toContain(answer.status);
      }
    }
    expect((await drill.incident()).gates).toMatchObject([{ state: "pending", votes: [] }]);
    expect(drill.changes()).toEqual([]);
  });
});
