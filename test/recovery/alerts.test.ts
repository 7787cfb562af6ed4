import { readAlert } from "../../shared/ledger/alerts";
import { startDrill, type Drill } from "../support/drill";
import { TEST_SECRETS } from "../support/estate";
import { endRightly } from "../support/invariants";
import { signedAlert } from "../support/signed-alert";

const SECRET = TEST_SECRETS["NAGIOS_WEBHOOK_SECRET"] ?? "";

const PROBLEM = {
  NOTIFICATIONTYPE: "PROBLEM",
  HOSTNAME: "lb-1",
  HOSTSTATE: "DOWN",
  HOSTSTATETYPE: "HARD",
  HOSTATTEMPT: "3",
  HOSTOUTPUT: "CRITICAL - no answer",
  HOSTPROBLEMID: "7",
};

describe("an alert", () => {
  let drill: Drill;
  beforeEach(async () => {
    drill = await startDrill({ mode: "straight" });
    await drill.advance(31_000);
  });
  afterEach(async () => {
    await endRightly(drill);
  });

  type Change = {
    id?: string;
    body?: string;
    at?: string;
    headers?: Record<string, string>;
  };
  const send = (change: Change = {}) => {
    const id = change.id ?? "msg-1";
    const body = change.body ?? JSON.stringify(PROBLEM);
    const at = change.at ?? drill.company.now();
    return drill.host().fetch(signedAlert({ secret: SECRET, id, body, at }, change.headers));
  };
  const disposition = async (id: string) => (await readAlert(drill.ledger, id))?.disposition;

  it("of something else than what was handed over before belongs to the incident that is opened for it", async () => {
    drill.company.break("api-server-down", "hung");
    await drill.advance(5 * 60_000);
    expect(await drill.incidents()).toMatchObject([{ outcome: "handed-over" }]);
    drill.company.break("balancer-host-down");
    expect((await send()).status).toBe(202);
    await drill.until("it is answered", async () => (await disposition("msg-1")) !== null);
    const opened = (await drill.incidents()).find((one) => one.state !== "closed");
    expect(opened).toBeDefined();
    expect(await disposition("msg-1")).toMatchObject({ incident: opened?.id });
  });

  it("of something that is broken opens an incident, and repetitions of it open no second one", async () => {
    drill.company.break("balancer-host-down");
    expect((await send()).status).toBe(202);
    expect((await send()).status).toBe(200);
    expect((await send({ id: "msg-2" })).status).toBe(202);
    const incidents = await drill.incidents();
    expect(incidents).toHaveLength(1);
    expect(await disposition("msg-1")).toMatchObject({ incident: incidents[0]?.id });
    expect(await disposition("msg-2")).toMatchObject({ incident: incidents[0]?.id });
    await drill.until(
      "people are asked",
      async () => (await drill.incidents())[0]?.state === "awaiting-approval",
    );
    expect((await drill.incidents())[0]).toMatchObject({ finding: "balancer-host-down" });
  });

  it("of something that is well stands down with the reason", async () => {
    expect((await send()).status).toBe(202);
    await drill.closed();
    expect(await drill.incidents()).toMatchObject([
      { outcome: "stood-down", says: expect.stringContaining("customers are served") },
    ]);
  });

  it("that reports a recovery opens nothing, and says so", async () => {
    const body = JSON.stringify({ ...PROBLEM, NOTIFICATIONTYPE: "RECOVERY", HOSTSTATE: "UP" });
    expect((await send({ body })).status).toBe(202);
    expect(await drill.incidents()).toEqual([]);
    expect(await disposition("msg-1")).toMatchObject({
      incident: null,
      because: expect.stringContaining("RECOVERY"),
    });
  });

  it("is started by the sweep when it was accepted and nothing came of it", async () => {
    drill.company.break("balancer-host-down", "dropped");
    // The crash after the ledger's write and before the start.
    const at = drill.company.now();
    const row = {
      id: "msg-9",
      receivedAt: at,
      bodyHash: "x",
      type: "PROBLEM",
      host: "lb-1",
      service: null,
      state: "DOWN",
      says: "",
      disposition: null,
    };
    await drill.ledger.commit("alerts", [
      { put: "alert/msg-9", value: row },
      { put: "open/msg-9", value: { at } },
    ]);
    await drill.until("it has an answer", async () => (await disposition("msg-9")) !== null, 40_000);
    expect(await disposition("msg-9")).toMatchObject({ incident: expect.stringMatching(/^inc-/) });
  });

  it.each([
    ["unsigned", { headers: { "webhook-signature": "" } }, 401],
    ["wrongly signed", { headers: { "webhook-signature": `v1,${"A".repeat(43)}=` } }, 401],
    ["stale", { at: "2023-11-14T22:13:20Z" }, 401],
    ["without a type we know", { headers: { "content-type": "text/plain" } }, 415],
    ["compressed", { headers: { "content-encoding": "gzip" } }, 415],
    ["malformed", { body: "{not json" }, 400],
    ["an array", { body: "[]" }, 400],
    ["poisoning a prototype", { body: '{"__proto__":{"HOSTNAME":"x"}}' }, 400],
    ["about nothing", { body: "{}" }, 400],
    ["oversized", { body: JSON.stringify({ ...PROBLEM, HOSTOUTPUT: "x".repeat(70_000) }) }, 413],
  ] as [string, Change, number][])(
    "that is %s is refused and leaves no trace",
    async (_what, change, status) => {
      const answer = await send(change);
      expect(answer.status).toBe(status);
      expect(((await answer.json()) as { error: { hint: string } }).error.hint).not.toBe("");
      expect(await drill.ledger.list("alerts", { limit: 10 })).toEqual([]);
      expect(await drill.incidents()).toEqual([]);
    },
  );

  it("whose id came before with another body is refused", async () => {
    expect((await send()).status).toBe(202);
    expect((await send({ body: JSON.stringify({ ...PROBLEM, HOSTOUTPUT: "other" }) })).status).toBe(409);
    expect(await readAlert(drill.ledger, "msg-1")).toMatchObject({ says: PROBLEM.HOSTOUTPUT });
  });

  it("whose text is hostile is shown as text", async () => {
    drill.company.break("balancer-host-down");
    const body = JSON.stringify({
      ...PROBLEM,
      HOSTNAME: "<script>alert(1)</script>",
      HOSTOUTPUT: "</p><img src=x onerror=alert(1)>",
    });
    expect((await send({ body })).status).toBe(202);
    const html = await drill.page("/");
    expect(html).toContain("&lt;script&gt;alert(1)");
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img src=x");
  });
});
