import { countFailure, MOST_FAILURES } from "../../functions/edge/throttle";
import { readGate } from "../../shared/ledger/gates";
import { TEST_SECRETS } from "../support/estate";
import { API_KEY, ask, openGuarded, type Guarded } from "../support/guarded";
import { codeOf } from "../support/people";
import { signedAlert } from "../support/signed-alert";

/** S-17. The clock stands still while a test asks, so a minute never ends by itself. */
describe("failures of a minute", () => {
  let guarded: Guarded;
  beforeEach(async () => {
    guarded = await openGuarded();
    const { company } = guarded.drill;
    const minute = 60_000 * (Math.floor(Date.parse(company.now()) / 60_000) + 1);
    company.advanceTo(new Date(minute + 20_000).toISOString());
  });
  afterEach(async () => guarded.end());

  const nextMinute = () => {
    const { company } = guarded.drill;
    company.advanceTo(new Date(Date.parse(company.now()) + 40_000).toISOString());
  };
  const times = async (count: number, request: () => Promise<Response>) => {
    const answers: Response[] = [];
    for (let at = 0; at < count; at++) answers.push(await request());
    return answers;
  };
  const alert = async (id: string, signed: boolean) => {
    const body = JSON.stringify({ NOTIFICATIONTYPE: "RECOVERY", HOSTNAME: "lb-1", HOSTSTATE: "UP" });
    const secret = signed ? (TEST_SECRETS["NAGIOS_WEBHOOK_SECRET"] ?? "") : "somebody-else";
    const { drill } = guarded;
    return await drill.host().fetch(signedAlert({ secret, id, body, at: drill.company.now() }));
  };
  const link = async (token: string) => await ask(guarded.drill, "GET", `/gates/${token}`);
  const approve = async (code: string) => {
    const { path, form, plan } = guarded.link;
    return await ask(guarded.drill, "POST", `${path}/approve`, {}, { form, plan, code });
  };

  it("of unsigned alerts are answered 429 from the limit on; a signed one always passes", async () => {
    const most = MOST_FAILURES["unsigned-alert"];
    const answers = await times(most + 3, () => alert("x", false));
    expect(answers.map((one) => one.status)).toEqual([
      ...Array.from({ length: most }, () => 401),
      429,
      429,
      429,
    ]);
    expect(answers.at(-1)?.headers.get("retry-after")).toBe("40");
    expect((await alert("good-1", true)).status).toBe(202);
    nextMinute();
    expect((await alert("x", false)).status).toBe(401);
  });

  it("of links that lead nowhere are answered 429, whichever they are; a good one always opens", async () => {
    let next = 0;
    const invented = () => link(String(next++).padStart(43, "A"));
    const answers = await times(MOST_FAILURES["unknown-link"] + 1, invented);
    expect(answers.at(-2)?.status).toBe(404);
    expect(answers.at(-1)?.status).toBe(429);
    expect((await ask(guarded.drill, "GET", guarded.link.path)).status).toBe(200);
    expect((await approve(codeOf(guarded.drill, "bo"))).status).toBe(303);
  });

  it("of keys are answered 429; the right one always passes", async () => {
    const answers = await times(MOST_FAILURES["wrong-key"] + 1, () =>
      ask(guarded.drill, "GET", "/api/incidents", { "x-switchover-key": "wrong" }),
    );
    expect(answers.at(-1)?.status).toBe(429);
    const right = await ask(guarded.drill, "GET", "/api/incidents", { "x-switchover-key": API_KEY });
    expect(right.status).toBe(200);
  });

  it("of codes close approving for everybody until the minute is over; rejecting stays open", async () => {
    const { drill, incident, link } = guarded;
    // As many people as that would take are not in this company: each is locked out after five.
    for (let guess = 0; guess <= MOST_FAILURES["wrong-code"]; guess++)
      countFailure(drill.world, "wrong-code");
    const closed = await approve(codeOf(drill, "bo"));
    expect([closed.status, await closed.text()]).toEqual([429, expect.stringContaining("40 s")]);
    expect((await readGate(drill.ledger, incident, "out-1"))?.votes).toEqual([]);
    const { form, plan } = link;
    const no = await ask(drill, "POST", `${link.path}/reject`, {}, { form, plan, reason: "not now please" });
    expect(no.status).toBe(303);
  });

  it("of codes count when they were guesses: five of one person, and no more however many follow", async () => {
    const { drill } = guarded;
    const key = { "x-switchover-key": API_KEY };
    const fields = { by: "ann", reason: "a guess", code: "000000" };
    const lifts = await times(40, () => ask(drill, "DELETE", "/api/stop", key, fields));
    expect(lifts.map((one) => one.status)).toEqual([
      403,
      403,
      403,
      403,
      403,
      ...Array.from({ length: 35 }, () => 429),
    ]);
    await times(40, () => approve("abc"));
    expect((await approve(codeOf(drill, "bo"))).status).toBe(303);
  });

  it("of codes open again with the next minute, and empty forms close nothing", async () => {
    await times(MOST_FAILURES["wrong-code"] + 5, () => approve(""));
    expect((await approve(codeOf(guarded.drill, "bo"))).status).toBe(303);
  });
});
