import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { estateSchema, type Estate } from "../../shared/estate";

/** The sandbox company of switchover.yaml, with a standby balancer beside it. */
export function testEstate(change: (raw: RawEstate) => void = () => {}): Estate {
  const raw = parse(readFileSync(join(__dirname, "../../switchover.yaml"), "utf8")) as RawEstate;
  raw.balancers.push({ name: "lb-2", address: "127.77.1.20", port: 8080, runtimeApi: "tcp://127.77.1.20:9999", backend: "api", standby: true });
  change(raw);
  return estateSchema.parse(raw);
}

export type RawEstate = Record<string, unknown> & {
  balancers: { name: string; address: string; port: number; runtimeApi: string; backend: string; standby?: boolean }[];
  servers: { name: string; address: string; port: number; role: string }[];
};

/** A secret for every reference: one-time code secrets are base32. */
export function testSecrets(ref: string): string {
  return ref.includes("TOTP") ? "JBSWY3DPEHPK3PXP" : `secret of ${ref}`;
}
