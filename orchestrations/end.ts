import type { Outcome } from "../shared/incident";
import { call, type Saga } from "./durable";
import type { Recovery } from "./journal";

/** What an orchestration returns: small, for whoever reads Durable's own status. `stale`: a successor has the incident. */
export type Ending = { kind: "stale" } | { kind: "closed"; outcome: Outcome };

/** Tells people how it ended, then closes the incident. In this order: a closed incident that nobody heard of would stay so. */
export function* end(on: Recovery, outcome: Outcome, says: string): Saga<Ending> {
  const { df, fence } = on;
  const roles =
    outcome === "handed-over" || outcome === "rolled-back" ? "everybody" : (["on-call"] as "on-call"[]);
  const text = `${fence.incident} ${outcome}: ${says}`;
  // Whoever is paged for an end must know whether it is one: what was handed over is theirs now.
  const severity = roles === "everybody" ? "critical" : "info";
  yield* call(df, "tell", { fence, roles, key: `end-${outcome}`, text, kind: "end", severity });
  const { kind } = yield* call(df, "closeIncident", { fence, outcome, says, line: on.nextLine() });
  return kind === "stale" ? { kind } : { kind: "closed", outcome };
}
