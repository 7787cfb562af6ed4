import { look } from "../../activities/look";
import { conclude } from "../../shared/conclude/conclude";
import { verdict, type Verdict } from "../../shared/conclude/votes";
import type { Diagnosis } from "../../shared/diagnosis";
import { subjectText, type Look, type Subject } from "../../shared/observation";
import type { Instant } from "../../shared/time";
import type { World } from "../../shared/world";
import { tryAccess, type Access } from "./access";
import { intended, type Intended } from "./intended";
import { lackingSecrets, type Lacking } from "./secrets-needed";

/** What one part looks like, from everywhere that looked at it. */
export type Seen = { of: Subject; verdict: Verdict; by: { by: string; saw: string; says: string }[] };

/** Everything `--observe` says of one moment; with `--output json` this is what is printed. */
export type Report = {
  company: string;
  at: Instant;
  /** `unknown`: it can't be told, because of the observers or because nothing single explains what they see. */
  health: "healthy" | "not-healthy" | "unknown";
  diagnosis: Diagnosis;
  /** What the first of two looks said, when the second says otherwise; Switchover would not act on that. */
  firstLook: string | null;
  vantages: Look["vantages"];
  seen: Seen[];
  /** Where the service's records lead; null when the provider's API did not answer. */
  records: Look["records"];
  wouldDo: Intended;
  lacking: Lacking[];
  access: Access[];
};

const UNKNOWN = new Set(["observers-suspect", "unclear"]);

/** One look, or two a moment apart when something is wrong: as the timer does. `world` must be one that only reads. */
export async function observed(world: World, env: NodeJS.ProcessEnv): Promise<Report> {
  const [first, access] = await Promise.all([look({}, world), tryAccess(world)]);
  const before = conclude(first, world.estate);
  let seen = first;
  if (before.finding !== "healthy") {
    await world.clock.sleep(world.estate.policy.windows.secondLook);
    seen = await look({}, world);
  }
  const diagnosis = conclude(seen, world.estate);
  const { finding, target } = diagnosis;
  const same = finding === before.finding && target === before.target;
  return {
    company: world.estate.company,
    at: seen.at,
    health: finding === "healthy" ? "healthy" : UNKNOWN.has(finding) ? "unknown" : "not-healthy",
    diagnosis,
    firstLook: same ? null : `${before.finding}: ${before.says}`,
    vantages: seen.vantages,
    seen: seenOf(seen),
    records: seen.records,
    wouldDo: await intended(diagnosis, seen, world),
    lacking: lackingSecrets(world.estate, env),
    access,
  };
}

function seenOf(seen: Look): Seen[] {
  const subjects = new Map(seen.observations.map(({ of }) => [subjectText(of), of]));
  return [...subjects].map(([text, of]) => ({
    of,
    verdict: verdict(seen, of),
    by: seen.observations
      .filter((one) => subjectText(one.of) === text)
      .map(({ by, saw, says }) => ({ by, saw, says })),
  }));
}
