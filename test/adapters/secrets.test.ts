import { secretsFrom } from "../../adapters/settings/secrets";
import { textOf } from "../../shared/errors";
import { testEstate } from "./estate";

function refusalOf(env: NodeJS.ProcessEnv, ref: string): string {
  try {
    secretsFrom(env, testEstate())(ref);
    return "resolved";
  } catch (thrown) {
    return textOf(thrown, 1_000);
  }
}

it("gives the variable's value exactly", () => {
  expect(secretsFrom({ TOTP_ANN: "ABC def" })("env:TOTP_ANN")).toBe("ABC def");
});

it("reads the environment when it is asked, so that a rotated secret counts", () => {
  const env: NodeJS.ProcessEnv = { A: "old" };
  const secrets = secretsFrom(env);
  env["A"] = "new";
  expect(secrets("env:A")).toBe("new");
});

it("names the variable and every place that needs it", () => {
  const said = refusalOf({}, "env:VANTAGE_SECRET");
  expect(said).toMatch(/^SECRET_MISSING: The environment variable VANTAGE_SECRET is not set\./);
  expect(said).toContain("vantages[0].secret, vantages[1].secret");
  expect(refusalOf({}, "env:CLOUDFLARE_API_TOKEN")).toContain("cloudflare.token");
});

it.each([
  ["empty", ""],
  ["blank", "  "],
  ["with a line end", "canary\n"],
  [
    "a reference that Azure left unresolved",
    "@Microsoft.KeyVault(SecretUri=https://canary.vault.azure.net/secrets/x)",
  ],
])("refuses a value that is %s, and does not print it", (_what, value) => {
  const said = refusalOf({ TOTP_ANN: value }, "env:TOTP_ANN");
  expect(said).toMatch(/^SECRET_MISSING: .*TOTP_ANN/);
  expect(said).not.toContain("canary");
});

it("refuses what is no reference, and does not print it: it may be the secret itself", () => {
  const said = refusalOf({}, "hunter2-canary");
  expect(said).toMatch(/^SECRET_MISSING/);
  expect(said).not.toContain("canary");
});

it("does not look at what every object has", () => {
  expect(refusalOf({}, "env:__PROTO__")).toMatch(/^SECRET_MISSING/);
});

it("takes a certificate with the line's end that its file had, and nothing else that ends with white space", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
  expect(secretsFrom({ CERT: `${pem}\n` })("env:CERT")).toBe(pem);
  expect(() => secretsFrom({ CERT: "a secret\n" })("env:CERT")).toThrow("SECRET_MISSING");
});
