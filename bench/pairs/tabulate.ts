import { canHappen } from "../../sandbox/fault/certificate";
import { allFaults } from "../../sandbox/faults";
import type { Estate } from "../../shared/estate";
import { systemOf, type Finding } from "../../shared/finding";
import { whyImpossible } from "./company";
import { dangersOf } from "./danger";
import { rightFindings, type Right } from "./deepest";
import { outcomeOf, type Broken, type Outcome } from "./outcome";

export type Pair = { faults: readonly [Broken, Broken] };
/** `verdict`: the deepest cause was named; or, because an observer is among the faults, rightly nothing was; or another part was. */
export type Judged = Pair & {
  outcome: Outcome;
  right: Right;
  verdict: "named" | "refused" | "missed";
  dangers: string[];
};
export type Impossible = Pair & { because: string };
export type Row = Judged | Impossible;

/** How long one finding took, in each of its ways and at each moment. `named`: how often it was named at all. */
export type Times = { finding: Finding; tries: number; named: number; seconds: number[] };

/** How long before the timer's look a fault happens, ms: HAProxy has noticed nothing, some, all of it by then. */
const MOMENTS = [500, 1_500, 3_000, 10_000, 29_000];

export function isImpossible(row: Row): row is Impossible {
  return "because" in row;
}

/** Every pair of the sandbox's faults: each in its usual way, or in all of them. */
export function allPairs(everyWay: boolean): Pair[] {
  const faults = allFaults().map(({ name, ways }) =>
    (everyWay ? ways : ways.slice(0, 1)).map((way): Broken => ({ finding: name, way })),
  );
  return faults.flatMap((ones, index) =>
    faults
      .slice(index + 1)
      .flatMap((others) => ones.flatMap((one) => others.map((other): Pair => ({ faults: [one, other] })))),
  );
}

export async function judge(estate: Estate, { faults }: Pair): Promise<Row> {
  const because = whyImpossible(estate, ...faults);
  if (because !== undefined) return { faults, because };
  const outcome = await outcomeOf(estate, [...faults]);
  const right = await rightFindings(estate, faults);
  const dangers = outcome.plan === null ? [] : dangersOf(estate, faults, outcome.plan);
  return { faults, outcome, right, verdict: verdictOf(faults, outcome, right), dangers };
}

/** With an observer gone, what it was needed for can't be confirmed: then to say so is right, and to name another part is not. */
function verdictOf(faults: Pair["faults"], { finding }: Outcome, right: Right): Judged["verdict"] {
  if (right.findings.includes(finding)) return "named";
  const eyesAreGone = faults.some((one) => systemOf[one.finding] === "observers");
  return eyesAreGone && (finding === "unclear" || finding === "observers-suspect") ? "refused" : "missed";
}

/** Each fault alone, in each of its ways, at several moments before the timer's look. */
export async function timesOf(estate: Estate): Promise<Times[]> {
  const all: Times[] = [];
  for (const { name: finding, ways } of allFaults().filter((one) => canHappen(estate, one.name))) {
    const times: Times = { finding, tries: 0, named: 0, seconds: [] };
    for (const way of ways) {
      for (const moment of MOMENTS) {
        const outcome = await outcomeOf(estate, [{ finding, way }], moment);
        times.tries += 1;
        if (outcome.finding !== finding) continue;
        times.named += 1;
        if (outcome.seconds !== null) times.seconds.push(outcome.seconds);
      }
    }
    all.push(times);
  }
  return all;
}
