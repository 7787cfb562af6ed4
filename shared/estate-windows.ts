import { z } from "zod";
import { milliseconds, span } from "./span";
import { STALLED_MS } from "./stalled";

/** How long a recovery looks, waits and watches. */
export const windows = z.strictObject({
  /** Between two looks before suspicion becomes an incident. */
  secondLook: span.default(milliseconds("2s")),
  /** Between two looks of a diagnosis that is not conclusive yet. */
  lookAgain: span.default(milliseconds("10s")),
  /** Inconclusive for this long: a person classifies by hand. The document's own 5 minutes. */
  classifyByHand: span.default(milliseconds("5m")),
  /**
   * Unclear for this long: handed over, and everybody is told. The document's own 30 minutes. A stopped or held
   * plan waits as long, and so does a way home that was not granted, before it is asked for again.
   */
  escalate: span.default(milliseconds("30m")),
  /** How often a waiting recovery reads its gate even when no bell rings. */
  gateTick: span.default(milliseconds("15s")),
  /** How long verification may take before the plan is undone. */
  verify: span.default(milliseconds("3m")),
  verifyEvery: span.default(milliseconds("5s")),
  /** How long the same vantages watch after the switch before it counts (Zerto's commit policy). */
  probation: span.default(milliseconds("5m")),
  probationEvery: span.default(milliseconds("10s")),
  /** How long a part we took out must be well before it goes back. */
  wellFor: span.default(milliseconds("10m")),
  wellEvery: span.default(milliseconds("30s")),
  /** No automatic recovery of the same system again within this time. */
  block: span.default(milliseconds("1h")),
  /** No progress for this long: paged, and the orchestration gets a successor (at least 75 s, F-46). */
  stalled: span.default(STALLED_MS),
});
