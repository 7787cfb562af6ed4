import { readStop } from "../../shared/ledger/limits";
import { enrolRecoveryCodes } from "../../shared/recovery-codes";
import { API_KEY, ask, openGuarded, type Guarded } from "../support/guarded";

describe("the stop", () => {
  let guarded: Guarded;
  beforeEach(async () => {
    guarded = await openGuarded();
  });
  afterEach(async () => guarded.end());

  const asked = (method: string, fields: Record<string, string>) =>
    ask(guarded.drill, method, "/api/stop", { "x-switchover-key": API_KEY }, fields);

  it("is refused without a reason, and says what to send", async () => {
    const answer = await asked("POST", { by: "ann", reason: "  " });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "MISSING", where: "reason" } });
    expect(await readStop(guarded.drill.ledger)).toBeUndefined();
  });

  it("is lifted by whoever lost their phone, with a recovery code", async () => {
    const { drill } = guarded;
    await enrolRecoveryCodes(drill.world, "bo", ["ABCDEFGHIJKLMNOP"], "salt");
    expect((await asked("POST", { by: "ann", reason: "we look at it by hand" })).status).toBe(200);
    const lift = (recovery: string) => asked("DELETE", { by: "bo", reason: "it is over", recovery });
    expect((await lift("ABCDEFGHIJKLMNOA")).status).toBe(403);
    expect(await readStop(drill.ledger)).toMatchObject({ by: "ann", reason: "we look at it by hand" });
    expect((await lift("abcd-efgh-ijkl-mnop")).status).toBe(200);
    expect(await readStop(drill.ledger)).toBeUndefined();
  });
});
