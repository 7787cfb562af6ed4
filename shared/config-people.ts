import { didYouMean } from "./config-nearest";
import { problem, type Problem } from "./config-problems";
import type { Estate, Person } from "./estate";
import { between } from "./time";

/**
 * Whether the people whom the file speaks of are there, and each of them is one. Runs on an estate that has
 * the right shape.
 */
export function peopleChecks(estate: Estate): Problem[] {
  return [
    ...accountsOnce(estate),
    ...authenticatorsOnce(estate),
    ...deputiesKnown(estate),
    ...onCallKnown(estate),
    ...onCallTimes(estate),
  ];
}

/** Two people of one account would be two votes of whoever signs in. */
function accountsOnce({ people }: Estate): Problem[] {
  return sharedWithFirst(people, ({ entra }) => entra?.oid.toLowerCase()).map(({ at, first }) =>
    problem(["people", at, "entra", "oid"], `the account of ${first}`, "an account of their own"),
  );
}

/** Two people of one authenticator would be two votes of whoever has the phone. */
function authenticatorsOnce({ people }: Estate): Problem[] {
  const hint = "Give each person a variable of their own, with a secret of its own.";
  return sharedWithFirst(people, ({ totp }) => totp).map(({ at, first }) =>
    problem(["people", at, "totp"], `the authenticator of ${first}`, "an authenticator of their own", hint),
  );
}

/** Who has the same as somebody before them, and who that is. */
function sharedWithFirst(
  people: Person[],
  of: (person: Person) => string | undefined,
): { at: number; first: string }[] {
  const seen = new Map<string, string>();
  return people.flatMap((person, at) => {
    const has = of(person);
    if (has === undefined) return [];
    const first = seen.get(has);
    seen.set(has, first ?? person.name);
    return first === undefined ? [] : [{ at, first }];
  });
}

function deputiesKnown({ people }: Estate): Problem[] {
  return people.flatMap(({ deputy }, at) =>
    deputy === undefined
      ? []
      : unknownName(people, ["people", at, "deputy"], deputy, "Nobody would be told instead."),
  );
}

/** While an entry holds nobody else is told for the role: a name that is nobody's would leave nobody. */
function onCallKnown({ people, onCall }: Estate): Problem[] {
  const hint = "Nobody would be told while it holds.";
  return onCall.flatMap(({ person }, at) => unknownName(people, ["onCall", at, "person"], person, hint));
}

function unknownName(people: Person[], path: PropertyKey[], name: string, otherwise: string): Problem[] {
  const names = people.map((person) => person.name);
  if (names.includes(name)) return [];
  const { hint = otherwise } = didYouMean(name, names);
  return [problem(path, `"${name}"`, `a name of people[]: ${names.join(", ")}`, hint)];
}

function onCallTimes({ onCall }: Estate): Problem[] {
  return onCall.flatMap(({ from, until }, at) => {
    if (between(from, until) > 0) return [];
    const hint = "As it stands the entry never holds.";
    return [problem(["onCall", at, "until"], `"${until}"`, `an instant after from, "${from}"`, hint)];
  });
}
