import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { estateSchema, type Estate } from "../../shared/estate";

export type RawEstate = Record<string, unknown> & { balancers: Record<string, unknown>[] };

/** What switchover.yaml says, with a standby balancer beside the first one. */
export function rawEstate(): RawEstate {
  const raw = parse(readFileSync(join(__dirname, "../../switchover.yaml"), "utf8")) as RawEstate;
  const standby = {
    name: "lb-2",
    address: "127.77.1.20",
    port: 8080,
    runtimeApi: "tcp://127.77.1.20:9999",
    backend: "api",
    standby: true,
  };
  return { ...raw, balancers: [...raw.balancers, standby] };
}

export function testEstate(change: (raw: RawEstate) => RawEstate = (raw) => raw): Estate {
  return estateSchema.parse(change(rawEstate()));
}

/** A secret for every reference: one-time code secrets are base32. */
export function testSecrets(ref: string): string {
  return ref.includes("TOTP") ? "JBSWY3DPEHPK3PXP" : `secret of ${ref}`;
}

/** The same company, whose balancers guard their Runtime APIs: a client certificate, and a list of what may be said. */
export function guardedRawEstate(): RawEstate {
  const raw = rawEstate();
  const runtimeTls = { certificate: "env:DOOR_CERTIFICATE", key: "env:DOOR_KEY", ca: "env:DOOR_CA" };
  const balancers = raw.balancers.map((one) => ({
    ...one,
    runtimeApi: String(one["runtimeApi"]).replace("tcp:", "tls:"),
    runtimeTls,
  }));
  return { ...raw, balancers };
}

/** The same company, whose customers speak TLS. Between the balancers and the servers nobody does. */
export function tlsRawEstate(raw: RawEstate = rawEstate()): RawEstate {
  const cloudflare = raw["cloudflare"] as { edge: object };
  return {
    ...raw,
    service: { ...(raw["service"] as object), port: 8443, tls: true },
    cloudflare: { ...cloudflare, edge: { ...cloudflare.edge, port: 8443 } },
    balancers: raw.balancers.map((one) => ({ ...one, port: 8443 })),
  };
}
