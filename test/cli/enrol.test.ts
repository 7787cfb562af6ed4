import { TOTP, URI } from "otpauth";
import { enrol, newRecoveryCodes, otpauthUri } from "../../cli/enrol";
import { unproven } from "../../shared/proof";
import type { AuditEntry } from "../../shared/ledger/audit";
import { openBench, type Bench } from "../support/company";

describe("enrolling a person", () => {
  let bench: Bench;
  beforeEach(() => {
    bench = openBench();
  });
  afterEach(async () => bench.end());

  it("gives ten codes of 80 bits, each of which proves the person once", async () => {
    const codes = await newRecoveryCodes(bench.world, { name: "ann" });
    expect(new Set(codes).size).toBe(10);
    for (const recovery of codes) {
      expect(recovery).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
      expect(await unproven("ann", { code: "", recovery }, bench.world)).toBeUndefined();
    }
  });

  it("again ends the codes of before, and both are in the audit", async () => {
    const [first = ""] = await newRecoveryCodes(bench.world, { name: "ann" });
    await newRecoveryCodes(bench.world, { name: "ann" });
    expect(await unproven("ann", { code: "", recovery: first }, bench.world)).toMatchObject({ status: 400 });
    const audit = await bench.world.ledger.list<AuditEntry>("audit", { prefix: "entry/", limit: 10 });
    const made = audit.filter((row) => row.value.action === "recovery-codes-made");
    expect(made.map((row) => row.value.subject)).toEqual(["ann", "ann"]);
    expect(JSON.stringify(audit)).not.toContain(first);
  });

  it("writes what an authenticator app reads, whatever the company is called", () => {
    const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    const uri = otpauthUri("Młyn: S.A.", "ann", secret);
    const read = URI.parse(uri);
    if (!(read instanceof TOTP)) throw new Error("no TOTP");
    expect(read.secret.base32).toBe(secret);
    expect(read).toMatchObject({
      issuer: "Młyn  S.A.",
      label: "ann",
      algorithm: "SHA1",
      digits: 6,
      period: 30,
    });
  });

  it("is refused of somebody who is not in the configuration", async () => {
    await expect(enrol(["zed", "--config", "switchover.yaml"])).rejects.toThrow(
      'NO_SUCH_PERSON: "zed" is no person of the configuration. Use one of: ann, bo, cy.',
    );
  });
});
