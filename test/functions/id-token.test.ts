import { readIdToken } from "../../functions/edge/id-token";
import { entraKeys, type SigningKeys } from "../../functions/edge/signing-keys";
import { plus } from "../../shared/time";
import { goodClaims, testEntra, type Entra, type TokenChange } from "../support/entra";

const NOW = "2026-03-01T08:00:00.000Z";
const SECONDS = Date.parse(NOW) / 1_000;
const OID = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb";

describe("an id token of Entra", () => {
  let entra: Entra;
  let now: string;
  let keys: SigningKeys;
  beforeAll(() => {
    entra = testEntra();
  });
  beforeEach(() => {
    now = NOW;
    entra.down = false;
    keys = entraKeys({ tenant: entra.tenant, fetch: entra.fetch, now: () => now });
  });

  const read = async (claims: Record<string, unknown> = {}, change?: TokenChange) => {
    const token = entra.token({ ...goodClaims(NOW), oid: OID, ...claims }, change);
    return await readIdToken(token, { ...entra, now, keys });
  };

  it("says who signed in, and when", async () => {
    expect(await read()).toEqual({ oid: OID, authenticatedAt: plus(NOW, -60_000) });
    expect(await read({ iss: `https://sts.windows.net/${entra.tenant}/` })).toMatchObject({ oid: OID });
    expect(await read({ auth_time: undefined })).toEqual({ oid: OID, authenticatedAt: null });
  });

  it.each<[string, Record<string, unknown>, TokenChange | undefined, string]>([
    ["signed by somebody else", {}, { forged: true }, "signature"],
    ["signed with the public key as a secret", {}, { confused: true, head: { alg: "HS256" } }, "RS256"],
    ["signed so and called RS256", {}, { confused: true }, "signature"],
    ["that says it needs no signature", {}, { head: { alg: "none" } }, "RS256"],
    ["of another algorithm", {}, { head: { alg: "RS512" } }, "RS256"],
    ["of a key that the tenant has not", {}, { head: { kid: "mine" } }, "no such key"],
    ["that brings its own key", {}, { forged: true, head: { jku: "https://evil.test/keys" } }, "signature"],
    ["of another tenant", { tid: OID }, undefined, "another tenant"],
    [
      "of another issuer",
      { iss: "https://login.microsoftonline.com/common/v2.0" },
      undefined,
      "another tenant",
    ],
    ["for another application", { aud: "another" }, undefined, "another application"],
    ["for several applications", { aud: ["another"] }, undefined, "claims"],
    ["that ended now", { exp: SECONDS }, undefined, "expired"],
    ["that ends never", { exp: undefined }, undefined, "claims"],
    ["of the future", { iat: SECONDS + 121 }, undefined, "not valid yet"],
    ["that is valid later", { nbf: SECONDS + 121 }, undefined, "not valid yet"],
    ["of nobody", { oid: undefined }, undefined, "claims"],
    ["of a mail address", { oid: "bo@example.com" }, undefined, "claims"],
  ])("%s is not believed", async (_what, claims, change, wrong) => {
    expect(await read(claims, change)).toEqual({ wrong: expect.stringContaining(wrong) });
  });

  it.each(["", "a", "a.b", "a.b.c", "a.b.c.d", `${"a".repeat(20_000)}.b.c`])(
    "that is none is not believed: %.20s",
    async (token) => {
      expect(await readIdToken(token, { ...entra, now, keys })).toHaveProperty("wrong");
    },
  );

  it("sent twice, joined by a comma, is not believed", async () => {
    const token = entra.token({ ...goodClaims(NOW), oid: OID });
    expect(await readIdToken(`${token},${token}`, { ...entra, now, keys })).toHaveProperty("wrong");
  });

  it("with another letter anywhere is not believed", async () => {
    const token = entra.token({ ...goodClaims(NOW), oid: OID });
    for (let at = 0; at < token.length; at += 37) {
      const other = token[at] === "A" ? "B" : "A";
      const changed = `${token.slice(0, at)}${other}${token.slice(at + 1)}`;
      expect(await readIdToken(changed, { ...entra, now, keys })).toHaveProperty("wrong");
    }
  });

  it("asks for the key set once, again after a roll-over, and at most once a minute for invented keys", async () => {
    const before = entra.asked();
    await Promise.all([read(), read(), read()]);
    expect(entra.asked() - before).toBe(1);
    now = plus(now, 61_000);
    entra.rollOver();
    expect(await read()).toMatchObject({ oid: OID });
    expect(entra.asked() - before).toBe(2);
    for (let at = 0; at < 20; at++) await read({}, { head: { kid: `invented-${at}` } });
    expect(entra.asked() - before).toBe(2);
  });

  it("is believed by keys of today while Entra is down, and by none of the day before", async () => {
    await read();
    entra.down = true;
    now = plus(NOW, 23 * 3_600_000);
    const exp = Date.parse(NOW) / 1_000 + 100_000;
    expect(await read({ exp })).toMatchObject({ oid: OID });
    now = plus(NOW, 24 * 3_600_000);
    await expect(read({ exp })).rejects.toThrow("no route");
    await expect(read({ exp })).rejects.toThrow("could not be read");
  });
});
