import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TOTP } from "otpauth";
import { stateFile } from "../../sandbox/real/state-file";
import { sandboxSecrets } from "../../sandbox/secrets";
import { testEstate } from "./estate";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  delete process.env["TOTP_BO"];
});

const estate = testEstate();
const empty = { company: { records: [], faults: [], cuts: [], effects: [], messages: {} }, serverStates: {} };

test("secrets are made once, one for each name in the estate, readable by their owner only", () => {
  const secrets = sandboxSecrets(folder, estate);
  expect(Object.keys(secrets).toSorted()).toEqual([
    "AZURE_TOKEN",
    "CLOUDFLARE_API_TOKEN",
    "NAGIOS_WEBHOOK_SECRET",
    "TOTP_ANN",
    "TOTP_BO",
    "TOTP_CY",
    "VANTAGE_SECRET",
  ]);
  expect(new Set(Object.values(secrets)).size).toBe(7);
  expect(Buffer.from(secrets["VANTAGE_SECRET"] ?? "", "base64")).toHaveLength(32);
  expect(secrets["TOTP_ANN"]).toMatch(/^[A-Z2-7]{32}$/);
  expect(new TOTP({ secret: secrets["TOTP_ANN"] ?? "" }).generate()).toMatch(/^\d{6}$/);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(sandboxSecrets(folder, estate)).toEqual(secrets);
});

test("a variable that is set wins, and a new person gets a secret without changing the others'", () => {
  const before = sandboxSecrets(folder, estate);
  process.env["TOTP_BO"] = "JBSWY3DPEHPK3PXP";
  const dee = {
    name: "dee",
    fullName: "Dee",
    role: "developer",
    totp: "env:TOTP_DEE",
    webhook: "http://127.0.0.1:1/",
  };
  const grown = testEstate((raw) => ({ ...raw, people: [...(raw["people"] as object[]), dee] }));
  const { TOTP_DEE: made, ...after } = sandboxSecrets(folder, grown);
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(after).toEqual({ ...before, TOTP_BO: "JBSWY3DPEHPK3PXP" });
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("files that can't be read are named, with what to do", () => {
  for (const file of ["secrets.json", "company.json"]) writeFileSync(join(folder, file), '{"half":');
  expect(() => sandboxSecrets(folder, estate)).toThrow(/secrets\.json.*Delete the file/);
  expect(() => stateFile(folder, estate, () => undefined).read()).toThrow(/company\.json.*Delete the file/);
});

test("the state comes back for the same company, and not for another one", () => {
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  expect(stateFile(folder, estate, say).read()).toBeUndefined();
  stateFile(folder, estate, say).write({ ...empty, serverStates: { "lb-1": { "api-main": "drain" } } });
  expect(stateFile(folder, estate, say).read()).toMatchObject({
    ...empty,
    serverStates: { "lb-1": { "api-main": "drain" } },
  });
  expect(said).toEqual([]);
  const moved = testEstate((raw) => ({
    ...raw,
    balancers: raw.balancers.map((one) => ({ ...one, address: "127.77.1.99" })),
  }));
  expect(stateFile(folder, moved, say).read()).toBeUndefined();
  expect(said).toEqual([expect.stringContaining("begins as new")]);
});
