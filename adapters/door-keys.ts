import type { Estate } from "../shared/estate";
import { pemOf } from "./settings/pem";

/** What opens a guarded Runtime API, in PEM, and how its own certificate is checked. */
export type DoorKeys = { cert: string; key: string; ca: string; serverName?: string };

/** The keys of the door at an address of the estate; undefined where there is no such door. Throws as `pemOf` does. */
export type KeysOf = (runtimeApiUrl: string) => Promise<DoorKeys | undefined>;

export function doorKeys(estate: Estate, secrets: (ref: string) => string): KeysOf {
  return async (runtimeApiUrl) => {
    const tls = estate.balancers.find((one) => one.runtimeApi === runtimeApiUrl)?.runtimeTls;
    if (tls === undefined) return undefined;
    const [cert, key, ca] = await Promise.all(
      [tls.certificate, tls.key, tls.ca].map((ref) => pemOf(ref, secrets)),
    );
    const name = tls.serverName === undefined ? {} : { serverName: tls.serverName };
    return { cert: cert ?? "", key: key ?? "", ca: ca ?? "", ...name };
  };
}
