import type { Finding, System } from "./finding";

/**
 * What a look means. It always says what else it could be and what was not seen, so that a person
 * who reads it at night can disagree with it.
 */
export type Diagnosis = {
  finding: Finding;
  system: System;
  /** The part of the estate that the finding is about, or null. */
  target: string | null;
  /** One sentence. */
  says: string;
  evidence: string[];
  runnerUp: { finding: Finding; because: string } | null;
  /** What was not seen, and would have made this surer. */
  missing: string[];
  /** `confirmed`: two vantages and an inside witness. Only a confirmed finding is acted upon without a person. */
  confidence: "confirmed" | "likely" | "none";
};
