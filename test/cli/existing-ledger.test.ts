import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteLedger } from "../../adapters/ledger/sqlite";
import { verifyAudit } from "../../cli/audit";
import { enrol } from "../../cli/enrol";

describe("a command beside the host", () => {
  let state: string;
  let said: string[];
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "switchover-state-"));
    process.env["SWITCHOVER_STATE"] = state;
    said = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
  });
  afterEach(() => {
    delete process.env["SWITCHOVER_STATE"];
    jest.restoreAllMocks();
    rmSync(state, { recursive: true, force: true });
  });
  const hostHasRun = () => openSqliteLedger({ file: join(state, "ledger.db") }).close();

  it.each([
    ["audit", () => verifyAudit([])],
    ["enrol", () => enrol(["ann", "--config", "switchover.yaml"])],
  ])("%s refuses a folder in which no host has run, and leaves it as it was", async (_command, run) => {
    await expect(run()).rejects.toThrow(
      `There is no ledger at ${join(state, "ledger.db")}. Set SWITCHOVER_STATE to the host's`,
    );
    expect(readdirSync(state)).toEqual([]);
    expect(said).toEqual([]);
  });

  it("audits the host's ledger, and takes no argument that it would not heed", async () => {
    await hostHasRun();
    await verifyAudit([]);
    expect(said).toEqual([expect.stringContaining("chain holds")]);
    await expect(verifyAudit(["--state", "elsewhere"])).rejects.toThrow("--state");
    await expect(verifyAudit(["ledger.db"])).rejects.toThrow("ledger.db");
  });

  it("enrols with the sandbox's secret, and makes none that the running sandbox would not know", async () => {
    await hostHasRun();
    const file = join(state, "sandbox", "secrets.json");
    const kept = JSON.stringify({ TOTP_ANN: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" });
    mkdirSync(join(state, "sandbox"));
    writeFileSync(file, kept);
    await enrol(["ann", "--config", "switchover.yaml"]);
    expect(said.join()).toContain("secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
    await enrol(["bo", "--config", "switchover.yaml"]);
    expect(said.join()).toContain("into TOTP_BO");
    expect(readFileSync(file, "utf8")).toBe(kept);
    expect(existsSync(`${file}.${process.pid}`)).toBe(false);
  });
});
