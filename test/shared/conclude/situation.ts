import { answers } from "../../../orchestrations/plans";
import { conclude } from "../../../shared/conclude/conclude";
import type { Diagnosis } from "../../../shared/diagnosis";
import type { Estate } from "../../../shared/estate";
import type { Finding } from "../../../shared/finding";
import { testEstate } from "../../sandbox/estate";
import { shippedEstate } from "../../support/estate";
import { lookOf, type Snapshot } from "./look-of";

/** One situation: snapshot in, verdict out. What is left out of a snapshot is well. */
export type Situation = {
  name: string;
  seen: Snapshot;
  /** What the look before saw, 10 s earlier; there is none when left out. */
  before?: Snapshot;
  /** A second load balancer stands by. */
  standby?: boolean;
  finding: Finding;
  target?: string;
  confidence: Diagnosis["confidence"];
  runnerUp?: Finding;
  /** Of each, a piece of the sentence that names it. Nothing else may be missing when there is none. */
  missing: RegExp[];
  /** The plan's name, or a piece of the sentence why nobody acts. */
  answer: string | RegExp;
};

const EARLIER = "2026-03-01T08:00:20.000Z";

/** Throws a jest failure that shows the whole verdict beside the row. */
export function expectVerdict(row: Situation): void {
  const estate = estateOf(row);
  const before = row.before === undefined ? undefined : lookOf(estate, { at: EARLIER, ...row.before });
  const said = conclude(lookOf(estate, row.seen), estate, before);
  expect({
    finding: said.finding,
    target: said.target,
    confidence: said.confidence,
    runnerUp: said.runnerUp?.finding ?? null,
  }).toEqual({
    finding: row.finding,
    target: row.target ?? null,
    confidence: row.confidence,
    runnerUp: row.runnerUp ?? null,
  });
  if (row.missing.length === 0) expect(said.missing).toEqual([]);
  for (const one of row.missing) expect(said.missing.join("\n")).toMatch(one);
  const answer = answers[said.finding];
  expect("nobody" in answer ? answer.nobody : answer.name).toEqual(
    typeof row.answer === "string" ? row.answer : expect.stringMatching(row.answer),
  );
}

function estateOf({ standby }: Situation): Estate {
  return standby === true ? testEstate() : shippedEstate();
}
