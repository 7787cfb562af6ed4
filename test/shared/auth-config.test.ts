import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { isLoopback } from "../../shared/hosts";
import { rawEstate } from "../adapters/estate";

const OID = "aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb";

function problemsOf(change: object): string {
  try {
    parseEstate({ ...rawEstate(), ...change }, "my.yaml");
    return "";
  } catch (thrown) {
    return textOf(thrown, 5_000);
  }
}

const peopleWith = (...oids: string[]) => ({
  people: rawEstate().people.map((person, at) => ({ ...person, entra: { oid: oids[at] ?? OID } })),
});

describe("the configuration of who may come in", () => {
  it("may be left out", () => {
    expect(parseEstate(rawEstate(), "my.yaml").auth).toEqual({});
  });

  it("gives each account to one person, however its id is written", () => {
    expect(problemsOf(peopleWith(OID, OID.toUpperCase()))).toContain(
      "people[1].entra.oid: is the account of ann; expected an account of their own.",
    );
    expect(problemsOf(peopleWith(OID, OID.replace("a", "b")))).toBe("");
  });

  it("gives each authenticator to one person: two votes of one phone are one person's", () => {
    const people = rawEstate().people.map((person) => ({ ...person, totp: "env:TOTP_ANN" }));
    expect(problemsOf({ people })).toContain(
      "people[1].totp: is the authenticator of ann; expected an authenticator of their own. " +
        "Give each person a variable of their own, with a secret of its own.",
    );
  });

  it("wants an object id, not an address that somebody else may get", () => {
    expect(problemsOf(peopleWith("ann@example.com"))).toContain("Write the id as Entra shows it");
  });

  it("wants a reference to the key, and never prints what stands there instead", () => {
    const text = problemsOf({ auth: { apiKey: "a-real-key-that-was-pasted-here" } });
    expect(text).toContain("auth.apiKey");
    expect(text).not.toContain("pasted");
  });

  it.each([
    ["127.0.0.1", true],
    ["127.77.0.2", true],
    ["::1", true],
    ["localhost", true],
    ["127.example.net", false],
    ["127.0.0.1.example.net", false],
    ["localhost.example.net", false],
    ["10.0.0.1", false],
  ])("takes %s for this machine: %s", (host, is) => {
    expect(isLoopback(host)).toBe(is);
  });
});
