import { enrolRecoveryCodes } from "../../shared/recovery-codes";
import { unproven, type Proof } from "../../shared/proof";
import { plus } from "../../shared/time";
import type { AuditEntry } from "../../shared/ledger/audit";
import { openBench, type Bench } from "../support/company";

const CODES = ["ABCDEFGHIJKLMNOP", "QRSTUVWXYZ234567", "OOOOIIIIBBBB2222"];
const SALT = "a-salt";

describe("a person is proven", () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = openBench();
    await enrolRecoveryCodes(bench.world, "bo", CODES, SALT);
  });
  afterEach(async () => bench.end());

  const prove = async (proof: Partial<Proof>, person = "bo") =>
    await unproven(person, { code: "", ...proof }, bench.world);
  const code = () => bench.company.phones().find((phone) => phone.person === "bo")?.code ?? "";
  const signedIn = (person: string, ago: number | null) => ({
    signIn: { person, authenticatedAt: ago === null ? null : plus(bench.world.clock.now(), -ago) },
  });

  it("by the code of the moment, once", async () => {
    const given = code();
    expect(await prove({ code: given })).toBeUndefined();
    expect(await prove({ code: given })).toMatchObject({
      status: 400,
      says: expect.stringContaining("used"),
    });
  });

  it("by a recovery code, however it is written, exactly once", async () => {
    expect(await prove({ recovery: " abcd-efgh ijkl-MNOP " })).toBeUndefined();
    expect(await prove({ recovery: CODES[0] ?? "" })).toMatchObject({ status: 400, field: "recovery" });
    expect(await prove({ recovery: "0000-1111-8888-2222" })).toBeUndefined();
  });

  it("by a recovery code exactly once of twelve requests at the same time", async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => await prove({ recovery: CODES[1] ?? "" })),
    );
    expect(answers.filter((one) => one === undefined)).toHaveLength(1);
  });

  it("by nobody else's recovery code, and by none of an earlier enrolment", async () => {
    expect(await prove({ recovery: CODES[0] ?? "" }, "ann")).toMatchObject({ status: 400 });
    await enrolRecoveryCodes(bench.world, "bo", ["AAAABBBBCCCCDDDD"], SALT);
    expect(await prove({ recovery: CODES[0] ?? "" })).toMatchObject({ status: 400 });
    expect(await prove({ recovery: "AAAABBBBCCCCDDDD" })).toBeUndefined();
  });

  it("by recovery codes of which the ledger has hashes only, and notes each use", async () => {
    await prove({ recovery: CODES[0] ?? "" });
    const rows = await bench.world.ledger.list("people", { limit: 100 });
    for (const one of CODES) expect(JSON.stringify(rows)).not.toContain(one);
    const audit = await bench.world.ledger.list<AuditEntry>("audit", { prefix: "entry/", limit: 100 });
    expect(audit.map((row) => row.value)).toContainEqual(
      expect.objectContaining({ actor: "bo", action: "recovery-code-used", detail: "2 left" }),
    );
  });

  it("not after five wrong codes, whatever kind they were, but by a recovery code: that can't be guessed", async () => {
    for (let guess = 0; guess < 3; guess++) await prove({ code: `11111${guess}` });
    for (let guess = 0; guess < 2; guess++) await prove({ recovery: `AAAAAAAAAAAAAAA${"ABC"[guess]}` });
    expect(await prove({ code: code() })).toMatchObject({ status: 429 });
    expect(await prove({ recovery: "CCCCCCCCCCCCCCCC" })).toMatchObject({ status: 429, field: "recovery" });
    expect(await prove({ recovery: CODES[0] ?? "" })).toBeUndefined();
    bench.pass(301_000);
    expect(await prove({ code: code() })).toBeUndefined();
  });

  it("by none of a hundred guesses sent at once: five are looked at", async () => {
    let looked = 0;
    const { world } = bench;
    const codes = { stepOf: () => void (looked += 1) };
    await Promise.all(
      Array.from({ length: 100 }, async (_, at) =>
        unproven("bo", { code: String(200_000 + at) }, { ...world, codes }),
      ),
    );
    expect(looked).toBe(5);
  });

  it("is not locked out by being right, however often", async () => {
    for (let use = 0; use < 12; use++) {
      expect(await prove({ code: code() })).toBeUndefined();
      bench.pass(30_000);
    }
  });

  it("by a fresh sign-in of exactly this person", async () => {
    expect(await prove(signedIn("bo", 14 * 60_000))).toBeUndefined();
    expect(await prove(signedIn("bo", -60_000))).toBeUndefined();
    expect(await prove(signedIn("ann", 0))).toMatchObject({ status: 403 });
    for (const ago of [15 * 60_000 + 1, -3 * 60_000, null])
      expect(await prove(signedIn("bo", ago))).toMatchObject({ status: 400, field: "code" });
  });

  it("by what was typed, not by the sign-in beside it", async () => {
    expect(await prove({ ...signedIn("bo", 0), code: "000000" })).toMatchObject({ status: 400 });
    expect(await prove({ ...signedIn("bo", 0), recovery: "nonsense" })).toMatchObject({ field: "recovery" });
  });

  it.each(["", "12345", "1234567", "12345a", "１２３４５６"])(
    "not by %j, and that is no guess",
    async (given) => {
      for (let sent = 0; sent < 6; sent++)
        expect(await prove({ code: given })).toMatchObject({ status: 400, field: "code" });
      expect(await prove({ code: code() })).toBeUndefined();
    },
  );

  it("not when the ledger can't be asked: the error is no yes", async () => {
    await bench.world.ledger.close();
    await expect(prove({ code: "123456" })).rejects.toThrow("LEDGER_CLOSED");
    await expect(prove({ recovery: CODES[0] ?? "" })).rejects.toThrow("LEDGER_CLOSED");
  });
});
