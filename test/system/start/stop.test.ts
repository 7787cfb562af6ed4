import { sendAlert } from "../support/alert";
import { codeOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";

describe("the stop", () => {
  let whole: Whole;
  beforeAll(async () => {
    whole = await prepareAll();
    await whole.start();
  }, 60_000);
  afterAll(async () => whole.cleanUp(), 60_000);

  const stop = (method: string, body: Record<string, string>) =>
    whole.asked.send("/api/stop", {
      method,
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    });

  it("keeps an armed recovery from acting, and says so", async () => {
    const { asked } = whole;
    expect((await stop("POST", { by: "cy", reason: "we deploy" })).status).toBe(200);
    await asked.break("api-server-sick");
    await sendAlert(asked);
    await until("the recovery waits", async () => (await asked.incident()).state === "awaiting-person", {
      within: 30_000,
      story: asked.story,
    });
    expect((await asked.incident()).says).toContain("we deploy");
    expect(await asked.effects()).toEqual([]);
  }, 60_000);

  it("is not lifted by somebody without a code", async () => {
    const { asked } = whole;
    const code = await codeOf(asked, "cy");
    const wrong = code === "000000" ? "111111" : "000000";
    for (const body of [
      { by: "cy", reason: "done" },
      { by: "cy", reason: "done", code: wrong },
      { by: "ann", reason: "done", code },
      { by: "nobody", reason: "done", code },
    ])
      expect((await stop("DELETE", body)).status).toBe(403);
    expect(await (await asked.send("/api/stop")).json()).toMatchObject({
      stop: { by: "cy", reason: "we deploy" },
    });
    expect(await asked.effects()).toEqual([]);
  });

  it("lifted with a person's code lets it go on", async () => {
    const { asked } = whole;
    const code = await codeOf(asked, "cy");
    expect(await (await stop("DELETE", { by: "cy", reason: "deployed", code })).json()).toEqual({
      stop: null,
    });
    await until("it has recovered", async () => (await asked.incident()).outcome === "recovered", {
      within: 60_000,
      story: asked.story,
    });
    expect((await asked.effects()).map((one) => `${one.old} → ${one.new}`)).toEqual(["ready → drain"]);
    expect(await asked.incidents()).toHaveLength(1);
  }, 90_000);
});
