import { certificateFault, certificateWarning, servesTls, type CertificateFacts } from "../certificate";
import type { Diagnosis } from "../diagnosis";
import type { Estate } from "../estate";
import type { Look } from "../observation";
import { found } from "./found";
import { observationsOf, sayings } from "./votes";

/** The balancer that the records lead to answers, with a certificate that no browser takes. */
export function badCertificate(look: Look, estate: Estate): Diagnosis | undefined {
  const { hostname } = estate.service;
  const inPath = estate.balancers.filter(
    ({ address }) => look.records === null || look.records.some((one) => one.content === address),
  );
  for (const { name } of inPath) {
    const fault = faultAt(look, estate, name);
    if (fault === undefined) continue;
    const says = `${name} answers, but its certificate ${fault}: no customer's browser takes it.`;
    return found(look, "certificate-expired", name, says, [
      ...shownAt(look, name).map(({ by, facts }) => `${by} was shown: ${inWords(facts, hostname)}`),
      `customers: ${sayings(look, { kind: "customers" })}`,
    ]);
  }
  return undefined;
}

/** What is wrong with a balancer's certificate, when two vantages at least say so, and more than see a good one. */
export function faultAt(look: Look, estate: Estate, balancer: string): string | undefined {
  const shown = shownAt(look, balancer);
  const faults = shown.flatMap(
    ({ facts }) => certificateFault(facts, estate.service.hostname, look.at) ?? [],
  );
  return faults.length >= 2 && faults.length > shown.length - faults.length ? faults[0] : undefined;
}

/** What will be wrong before long, or is already and harms nobody yet: a line for each balancer. */
export function certificateWarnings(look: Look, estate: Estate): string[] {
  if (!servesTls(estate)) return [];
  return estate.balancers.flatMap(({ name }) => {
    const [first] = shownAt(look, name);
    if (first === undefined) return [];
    const fault = faultAt(look, estate, name) ?? certificateWarning(first.facts, look.at);
    return fault === undefined ? [] : [`${name}'s certificate ${fault}`];
  });
}

function shownAt(look: Look, name: string): { by: string; facts: CertificateFacts }[] {
  return observationsOf(look, { kind: "balancer", name }).flatMap(({ by, certificate: facts }) =>
    facts === undefined ? [] : [{ by, facts }],
  );
}

function inWords({ issuer, notAfter, fits }: CertificateFacts, hostname: string): string {
  return `signed by ${issuer}, good until ${notAfter.slice(0, 10)}, ${fits ? "" : "not "}for ${hostname}`;
}
