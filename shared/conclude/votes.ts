import { subjectText, type Look, type Observation, type Subject } from "../observation";

/** What the vantages together say of one thing. Two must agree on `down`; one blind vantage proves nothing. */
export type Verdict = "healthy" | "down" | "disputed" | "unconfirmed" | "unknown";

export function observationsOf(look: Look, of: Subject): Observation[] {
  const text = subjectText(of);
  return look.observations.filter((seen) => subjectText(seen.of) === text);
}

export function verdict(look: Look, of: Subject): Verdict {
  const seen = observationsOf(look, of);
  const down = seen.filter((one) => one.saw === "down").length;
  const healthy = seen.filter((one) => one.saw === "healthy").length;
  if (down === 0) return healthy > 0 ? "healthy" : "unknown";
  if (down >= 2 && down > healthy) return "down";
  return healthy > 0 ? "disputed" : "unconfirmed";
}

/** "warsaw: refused; dublin: refused" */
export function sayings(look: Look, of: Subject): string {
  return observationsOf(look, of)
    .map((one) => `${one.by}: ${one.says}`)
    .join("; ");
}

export function missingFrom(look: Look): string[] {
  const silent = look.vantages
    .filter((one) => !one.answered)
    .map((one) => `the vantage ${one.name} did not answer`);
  const views = look.observations
    .filter((one) => one.of.kind === "balancer-view" && one.saw !== "healthy")
    .map((one) => `${subjectText(one.of)}: ${one.says}`);
  const why = look.recordsFailed === undefined ? "" : `: ${look.recordsFailed.says}`;
  return [
    ...silent,
    ...views,
    ...(look.records === null ? [`the DNS provider's API did not answer${why}`] : []),
  ];
}
