import { goodClaims } from "../support/entra";
import { readGate } from "../../shared/ledger/gates";
import { codeOf, openLink } from "../support/people";
import { enrolRecoveryCodes } from "../../shared/recovery-codes";
import { API_KEY, ask, BO, openGuarded, type Guarded } from "../support/guarded";

describe("the door of the console and the API", () => {
  let guarded: Guarded;
  beforeEach(async () => {
    guarded = await openGuarded();
  });
  afterEach(async () => guarded.end());

  const get = async (headers: Record<string, string>, path = "/api/incidents") =>
    await ask(guarded.drill, "GET", path, headers);
  const status = async (headers: Record<string, string>, path?: string) => (await get(headers, path)).status;
  const here = (baseUrl: string) => (guarded.drill.estate.baseUrl = baseUrl);

  it("takes the key in its header only: not in the address, not as another header", async () => {
    expect(await status({ "x-switchover-key": API_KEY })).toBe(200);
    expect(await status({}, `/api/incidents?code=${API_KEY}`)).toBe(401);
    expect(await status({}, `/api/incidents?x-switchover-key=${API_KEY}`)).toBe(401);
    expect(await status({ "x-functions-key": API_KEY, authorization: `Bearer ${API_KEY}` })).toBe(401);
    for (const wrong of ["", `${API_KEY}0`, API_KEY.slice(0, -1), `${API_KEY}, ${API_KEY}`])
      expect(await status({ "x-switchover-key": wrong })).toBe(401);
  });

  it("says how to get in: JSON for programs, a page for people", async () => {
    const api = await get({});
    expect(api.headers.get("www-authenticate")).toContain("x-switchover-key");
    expect(await api.json()).toMatchObject({
      error: { code: "NOT_SIGNED_IN", hint: expect.stringContaining("sign in") },
    });
    const page = await get({}, "/incidents/inc-1");
    expect([page.status, page.headers.get("content-type")]).toEqual([401, "text/html; charset=utf-8"]);
    const html = await page.text();
    expect(html).toContain("/.auth/login/aad?post_login_redirect_uri=%2Fincidents%2Finc-1");
    expect(html).not.toContain(guarded.incident);
  });

  it("is open without a key only where the configuration says that this is one machine", async () => {
    for (const baseUrl of ["http://127.0.0.1:7071", "http://localhost:7071", "http://[::1]:7071"]) {
      here(baseUrl);
      expect(await status({})).toBe(200);
    }
    for (const baseUrl of [
      "https://switchover.test",
      "http://127.example.net",
      "http://localhost.evil.test",
    ]) {
      here(baseUrl);
      expect(await status({ host: "127.0.0.1:7071", "x-forwarded-host": "localhost" })).toBe(401);
    }
  });

  it("is closed on this machine to a name that was led here, to other sites' requests, and to a wrong key", async () => {
    here("http://127.0.0.1:7071");
    expect(await status({ host: "evil.example:7071" })).toBe(401);
    expect(await status({ host: "127.evil.example" })).toBe(401);
    expect(await status({ "x-switchover-key": "wrong" })).toBe(401);
    const stop = { by: "mallory", reason: "because" };
    for (const site of ["cross-site", "same-site"]) {
      const forged = await ask(guarded.drill, "POST", "/api/stop", { "sec-fetch-site": site }, stop);
      expect([forged.status, await forged.json()]).toMatchObject([403, { error: { code: "CROSS_SITE" } }]);
    }
    expect(await (await get({}, "/api/stop")).json()).toEqual({ stop: null });
    expect((await ask(guarded.drill, "POST", "/api/stop", {}, stop)).status).toBe(200);
  });

  it("is never open without a key on Azure", async () => {
    here("http://127.0.0.1:7071");
    process.env["WEBSITE_INSTANCE_ID"] = "an-instance";
    try {
      expect(await status({})).toBe(401);
    } finally {
      delete process.env["WEBSITE_INSTANCE_ID"];
    }
  });

  it("stays closed when the key is too short or missing, and tells nobody why but the log", async () => {
    for (const key of ["short", ""]) {
      process.env["SWITCHOVER_API_KEY"] = key;
      const answer = await get({ "x-switchover-key": key === "" ? "x" : key });
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toContain("SWITCHOVER_API_KEY");
    }
  });

  it("believes no sign-in header without a token that holds, and none at all when it is not configured", async () => {
    const good = guarded.credentials("person");
    const token = good["x-ms-token-aad-id-token"] ?? "";
    const principal = good["x-ms-client-principal"] ?? "";
    expect(await status(good)).toBe(200);
    expect(await status({ "x-ms-client-principal": principal })).toBe(401);
    expect(await status({ "x-ms-token-aad-id-token": token })).toBe(401);
    expect(await status({ ...good, "x-ms-client-principal": `${principal}, ${principal}` })).toBe(401);
    expect(await status({ ...good, "x-ms-token-aad-id-token": `${token}, ${token}` })).toBe(401);
    const other = guarded.credentials("stranger")["x-ms-client-principal"] ?? "";
    expect(await status({ ...good, "x-ms-client-principal": other })).toBe(401);
    guarded.drill.company.advanceTo(
      new Date(Date.parse(guarded.drill.company.now()) + 3_600_000).toISOString(),
    );
    expect(await status(good)).toBe(401);
    delete guarded.drill.estate.auth.easyAuth;
    expect(await status(guarded.credentials("person"))).toBe(401);
  });

  it("takes a signed-in person's change only from our own page", async () => {
    const person = guarded.credentials("person");
    const stop = { by: "bo", reason: "a release" };
    const { "sec-fetch-site": _site, ...session } = person;
    expect((await ask(guarded.drill, "POST", "/api/stop", session, stop)).status).toBe(403);
    expect((await ask(guarded.drill, "POST", "/api/stop", person, stop)).status).toBe(200);
  });
});

describe("approving", () => {
  let guarded: Guarded;
  beforeEach(async () => {
    guarded = await openGuarded();
  });
  afterEach(async () => guarded.end());

  const approve = async (fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const { path, form, plan } = guarded.link;
    return await ask(guarded.drill, "POST", `${path}/approve`, headers, { form, plan, ...fields });
  };
  const votes = async () => (await readGate(guarded.drill.ledger, guarded.incident, "out-1"))?.votes ?? [];
  const signedIn = (ago: number, oid = BO) => {
    const claims = goodClaims(guarded.drill.company.now());
    const authTime = Number(claims["iat"]) - ago;
    return {
      ...guarded.entra.headers(oid, { ...claims, auth_time: authTime }),
      "sec-fetch-site": "same-origin",
    };
  };

  it("takes a sign-in of the last 15 minutes, of the link's own person, from our own page", async () => {
    const { "sec-fetch-site": _site, ...elsewhere } = signedIn(60);
    expect((await approve({}, elsewhere)).status).toBe(400);
    expect((await approve({}, signedIn(901))).status).toBe(400);
    expect((await approve({}, signedIn(60, "cccccccc-1111-4222-8333-444444444444"))).status).toBe(400);
    expect(await votes()).toEqual([]);
    expect((await approve({}, signedIn(60))).status).toBe(303);
    expect(await votes()).toMatchObject([{ person: "bo", vote: "approve" }]);
  });

  it("takes a code while Entra is down", async () => {
    guarded.entra.down = true;
    expect((await approve({}, signedIn(60))).status).toBe(400);
    expect((await approve({ code: codeOf(guarded.drill, "bo") }, signedIn(60))).status).toBe(303);
  });

  it("takes a recovery code once", async () => {
    await enrolRecoveryCodes(guarded.drill.world, "bo", ["ABCDEFGHIJKLMNOP"], "salt");
    const wrong = await approve({ recovery: "ABCDEFGHIJKLMNOA" });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("recovery-problem")]);
    expect((await approve({ recovery: "abcd-efgh-ijkl-mnop" })).status).toBe(303);
    expect(await votes()).toHaveLength(1);
    const ann = await openLink(guarded.drill, "ann");
    const fields = { form: ann.form, plan: ann.plan, recovery: "ABCDEFGHIJKLMNOP" };
    expect((await ask(guarded.drill, "POST", `${ann.path}/approve`, {}, fields)).status).not.toBe(200);
  });
});
