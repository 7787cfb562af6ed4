import { parseEstate } from "../../shared/config";
import { rawEstate } from "../adapters/estate";

const keys = { certificate: "env:DOOR_CERT", key: "file:/etc/switchover/door.key", ca: "env:DOOR_CA" };
const withBalancer = (change: object) => {
  const raw = rawEstate();
  return { ...raw, balancers: raw.balancers.map((one) => ({ ...one, ...change })) };
};
const parse = (change: object) => parseEstate(withBalancer(change), "my.yaml");

it("takes a guarded door with its keys", () => {
  const [balancer] = parse({ runtimeApi: "tls://192.0.2.20:9999", runtimeTls: keys }).balancers;
  expect(balancer).toMatchObject({ runtimeTls: keys });
});

it("refuses a guarded door without keys, and keys for a door without a guard", () => {
  expect(() => parse({ runtimeApi: "tls://192.0.2.20:9999" })).toThrow(
    /balancers\[0\]\.runtimeTls: is missing; expected certificate, key and ca/,
  );
  expect(() => parse({ runtimeTls: keys })).toThrow(/balancers\[0\]\.runtimeTls: is for tcp:…/);
});

it("refuses a key that is pasted into the file, and does not repeat it", () => {
  const key = "-----BEGIN PRIVATE KEY----- MIGHAgEA";
  const refused = () => parse({ runtimeApi: "tls://192.0.2.20:9999", runtimeTls: { ...keys, key } });
  expect(refused).toThrow(/balancers\[0\]\.runtimeTls\.key: /);
  expect(refused).not.toThrow(/MIGHAgEA/);
});
