import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { rawEstate } from "../adapters/estate";

const [ann, bo] = rawEstate().people;
const DAY = { person: "ann", from: "2026-11-24T08:00:00Z", until: "2026-11-25T08:00:00Z" };

/** What is wrong with the company when this much of it is different. */
function problems(change: object): string[] {
  try {
    parseEstate({ ...rawEstate(), ...change }, "my.yaml");
    return [];
  } catch (thrown) {
    const lines = textOf(thrown, 10_000).split("\n");
    return lines.slice(1, -1).map((line) => line.trim());
  }
}

const deputyOfAnn = (deputy: string) => problems({ people: [{ ...ann, deputy }, bo] });

describe("the people that the configuration speaks of", () => {
  it("may be on call and stand in for each other", () => {
    expect(problems({ onCall: [DAY, { ...DAY, person: "bo" }] })).toEqual([]);
    expect(deputyOfAnn("bo")).toEqual([]);
  });

  it("are people of the list: whoever is on call", () => {
    expect(problems({ onCall: [DAY, { ...DAY, person: "anm" }] })).toEqual([
      'onCall[1].person: is "anm"; expected a name of people[]: ann, bo. Did you mean ann?',
    ]);
    expect(problems({ onCall: [{ ...DAY, person: "somebody" }] })).toEqual([
      'onCall[0].person: is "somebody"; expected a name of people[]: ann, bo. Nobody would be told while it holds.',
    ]);
  });

  it("are people of the list: whoever is told instead", () => {
    expect(deputyOfAnn("boo")).toEqual([
      'people[0].deputy: is "boo"; expected a name of people[]: ann, bo. Did you mean bo?',
    ]);
    expect(deputyOfAnn("somebody")).toEqual([
      'people[0].deputy: is "somebody"; expected a name of people[]: ann, bo. Nobody would be told instead.',
    ]);
  });

  it.each([
    ["ends before it begins", "2026-11-24T07:00:00Z"],
    ["ends as it begins, in another spelling", "2026-11-24T08:00:00.000Z"],
  ])("are not on call for a time that %s", (_what, until) => {
    expect(problems({ onCall: [{ ...DAY, until }] })).toEqual([
      `onCall[0].until: is "${until}"; expected an instant after from, "2026-11-24T08:00:00Z". As it stands the entry never holds.`,
    ]);
  });

  it("are on call from one second to the next", () => {
    expect(problems({ onCall: [{ ...DAY, until: "2026-11-24T08:00:01Z" }] })).toEqual([]);
  });
});
