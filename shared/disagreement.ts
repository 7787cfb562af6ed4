import { subjectText, type Observation, type Subject } from "./observation";

/** One thing that observers saw differently at the same look, and what each of them said. */
export type Dispute = { of: Subject; seen: Pick<Observation, "by" | "saw" | "says">[] };

export type Disagreement = {
  disputes: Dispute[];
  /** Observers that could look at nothing at all, with what they said. Their silence is no other opinion. */
  blind: Pick<Observation, "by" | "says">[];
};

/** Where the observers of one look differ: one red vantage is the place that an engineer looks at first. */
export function disagreement(observations: Observation[]): Disagreement {
  const observers = [...new Set(observations.map((one) => one.by))];
  const blind = observers.flatMap((by) => {
    const own = observations.filter((one) => one.by === by);
    const [first] = own;
    // Of an observer that is asked one thing only, that thing may be what doesn't answer.
    return first !== undefined && own.length > 1 && own.every((one) => one.saw === "unknown")
      ? [{ by, says: first.says }]
      : [];
  });
  const sighted = observations.filter(({ by }) => !blind.some((one) => one.by === by));
  const subjects = new Map(sighted.map((one) => [subjectText(one.of), one.of]));
  const disputes = [...subjects].flatMap(([text, of]) => {
    const seen = sighted.filter((one) => subjectText(one.of) === text);
    if (new Set(seen.map((one) => one.saw)).size < 2) return [];
    return [{ of, seen: seen.map(({ by, saw, says }) => ({ by, saw, says })) }];
  });
  return { disputes, blind };
}
