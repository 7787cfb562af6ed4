import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pemOf } from "../../adapters/settings/pem";
import { secretsFrom } from "../../adapters/settings/secrets";
import { certificateValues, sandboxCertificates } from "../../sandbox/certificates";
import { guardedRawEstate, testEstate, tlsRawEstate } from "./estate";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchover-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const estate = testEstate(() => tlsRawEstate(guardedRawEstate()));

test("the certificates are made once, for this user only, and taken again at the next start", async () => {
  const made = await sandboxCertificates(folder, estate);
  expect(await sandboxCertificates(folder, estate)).toEqual(made);
  expect(statSync(join(folder, "certificates.json")).mode & 0o777).toBe(0o600);
});

test("another company gets others, and so does one whose file is spoilt", async () => {
  const made = await sandboxCertificates(folder, estate);
  const plain = await sandboxCertificates(folder, testEstate(guardedRawEstate));
  expect(plain.service).toBeUndefined();
  expect(plain.door.ca).not.toBe(made.door.ca);
  writeFileSync(join(folder, "certificates.json"), "{");
  expect((await sandboxCertificates(folder, estate)).service).toBeDefined();
});

test("what Switchover needs of them can be read from the environment as it is", async () => {
  const values = certificateValues(estate, await sandboxCertificates(folder, estate));
  const secrets = secretsFrom(values, estate);
  const [balancer] = estate.balancers;
  const tls = balancer?.runtimeTls;
  const ca = new X509Certificate(await pemOf(tls?.ca ?? "", secrets));
  const client = new X509Certificate(await pemOf(tls?.certificate ?? "", secrets));
  expect(client.verify(ca.publicKey)).toBe(true);
  expect(await pemOf(tls?.key ?? "", secrets)).toContain("PRIVATE KEY");
});

test("what customers are shown is for the service's name, but for the two mistakes", async () => {
  const { service } = await sandboxCertificates(folder, estate);
  const of = (pem = "") => new X509Certificate(pem);
  expect(of(service?.good.cert).checkHost("shop.example.com")).toBe("shop.example.com");
  expect(of(service?.wrongName.cert).checkHost("shop.example.com")).toBeUndefined();
  expect(Date.parse(of(service?.expired.cert).validTo)).toBeLessThan(Date.now());
});

test("a certificate in a file is not the sandbox's to make", async () => {
  const raw = guardedRawEstate();
  const balancers = raw.balancers.map((one) => ({
    ...one,
    runtimeTls: { ...(one["runtimeTls"] as object), key: "file:/etc/switchover/door.key" },
  }));
  const other = testEstate(() => ({ ...raw, balancers }));
  const made = await sandboxCertificates(folder, other);
  expect(() => certificateValues(other, made)).toThrow(/makes its certificates itself/);
});
