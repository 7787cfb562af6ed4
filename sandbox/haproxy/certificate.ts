import type { CertificateFacts } from "../../shared/certificate";
import type { Setup } from "./setup";

const DAY_MS = 86_400_000;

/** What a balancer in memory shows: good for 90 days from the start of its process, or what somebody has put there. */
export function shownCertificate({ certificate }: Setup, startedAt: number): CertificateFacts {
  const days = certificate === "expired" ? -3 : 90;
  return {
    issuer: "Switchover sandbox: the public's",
    notAfter: new Date(startedAt + days * DAY_MS).toISOString(),
    trusted: true,
    fits: certificate !== "wrong-name",
  };
}
