import { servesTls } from "../../shared/certificate";
import type { Estate } from "../../shared/estate";
import type { Finding } from "../../shared/finding";
import { firstBalancer } from "../parts";
import { hits, type Ways } from "./way";

export const certificateFaults = {
  "certificate-expired": {
    /** Nobody renewed it. */
    expired: (estate) => hits([{ part: firstBalancer(estate).name, setup: { certificate: "expired" } }]),
    /** Somebody installed another service's. */
    "wrong-name": (estate) =>
      hits([{ part: firstBalancer(estate).name, setup: { certificate: "wrong-name" } }]),
  },
} satisfies Ways;

/** A company whose customers speak no TLS has no certificate to break. */
export function canHappen(estate: Estate, fault: Finding): boolean {
  return servesTls(estate) || !Object.hasOwn(certificateFaults, fault);
}
