import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pemOf } from "../../adapters/settings/pem";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchover-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("reads a certificate from the environment, also where a setting has one line only", async () => {
  expect(await pemOf("env:CERT", () => PEM)).toBe(PEM);
  expect(await pemOf("env:CERT", () => PEM.replaceAll("\n", "\\n"))).toBe(PEM);
});

it("reads a file anew each time, so that a renewed certificate counts at once", async () => {
  const file = join(folder, "client.pem");
  writeFileSync(file, PEM);
  expect(await pemOf(`file:${file}`, () => "")).toBe(PEM);
  writeFileSync(file, PEM.replace("MIIB", "MIIC"));
  expect(await pemOf(`file:${file}`, () => "")).toContain("MIIC");
});

it("says which reference has no certificate, and nothing of what it has", async () => {
  const pasted = "a password that somebody put into the wrong variable";
  const refused = pemOf("env:CERT", () => pasted).catch(String);
  expect(await refused).toMatch(/CERTIFICATE_UNREADABLE: env:CERT has no PEM/);
  expect(await refused).not.toContain("password");
  await expect(pemOf(`file:${folder}/none.pem`, () => "")).rejects.toMatchObject({
    code: "CERTIFICATE_UNREADABLE",
  });
});
