import type { Estate } from "../../shared/estate";
import type { Finding } from "../../shared/finding";
import type { Damage } from "../condition";
import type { RecordFields } from "../zone";

/** What a fault does to the company: damage to its parts, and a change of the service's record. */
export type Harm = { damages: Damage[]; record?: Partial<RecordFields> };
export type Way = (estate: Estate) => Harm;

/** The ways to break the company, each under the name of the finding that it causes; the first is the usual one. */
export type Ways = Partial<Record<Finding, Record<string, Way>>>;

export function hits(damages: Damage[]): Harm {
  return { damages };
}
