import { expectVerdict, type Situation } from "./situation";
import { front } from "./situations/front";
import { observers } from "./situations/observers";
import { outages } from "./situations/outages";
import { servers } from "./situations/servers";

const groups: [string, Situation[]][] = [
  ["API servers", servers],
  ["what is in front of them", front],
  ["the observers", observers],
  ["public outages", outages],
];

describe.each(groups)("what a look means: %s", (_group, situations) => {
  it.each(situations)("$name", expectVerdict);
});

it("has a name of its own for each situation", () => {
  const names = groups.flatMap(([, situations]) => situations.map((one) => one.name));
  expect(new Set(names).size).toBe(names.length);
});
