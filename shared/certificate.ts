import type { Estate } from "./estate";
import type { Instant } from "./time";

/**
 * What a TLS server showed to whoever asked it for the service's name. Whether its time is over is not in it: that
 * depends on when one looks.
 */
export type CertificateFacts = {
  /** Who has signed it, as it says itself. */
  issuer: string;
  notAfter: Instant;
  /** Its chain ends at a root that the one who asked trusts. */
  trusted: boolean;
  /** It is for the name that was asked for. */
  fits: boolean;
};

const DAY_MS = 86_400_000;
/** Renewals are automatic weeks before: what ends sooner was forgotten. */
const SOON_DAYS = 14;

/** What is wrong with it at that time, for a sentence that begins with its owner; undefined when a browser takes it. */
export function certificateFault(facts: CertificateFacts, hostname: string, at: Instant): string | undefined {
  const left = daysLeft(facts, at);
  if (left < 0) return `has expired on ${facts.notAfter.slice(0, 10)}`;
  if (!facts.fits) return `is not for ${hostname}`;
  if (!facts.trusted) return `is signed by ${facts.issuer}, whom the vantages don't trust`;
  return undefined;
}

/** "expires in 9 days, on 2026-03-10", when that is soon. */
export function certificateWarning(facts: CertificateFacts, at: Instant): string | undefined {
  const left = daysLeft(facts, at);
  if (left < 0 || left >= SOON_DAYS) return undefined;
  const days = Math.floor(left);
  return `expires in ${days} ${days === 1 ? "day" : "days"}, on ${facts.notAfter.slice(0, 10)}`;
}

function daysLeft({ notAfter }: CertificateFacts, at: Instant): number {
  return (Date.parse(notAfter) - Date.parse(at)) / DAY_MS;
}

/** Customers speak TLS when the configuration says so; left out, when they use the port of HTTPS. */
export function servesTls({ service }: Pick<Estate, "service">): boolean {
  return service.tls ?? service.port === 443;
}
