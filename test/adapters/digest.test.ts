import * as fc from "fast-check";
import { digest } from "../../adapters/digest";

it("is the SHA-256 of the canonical text", () => {
  // printf '{"a":[1,"ö"],"b":null}' | sha256sum
  expect(digest({ b: null, a: [1, "ö"] })).toBe(
    "07bbe28b11b26a87fb4c5b79f7a369bb2671f9dfe1eb620bc92d3c9f08552033",
  );
});

it("does not depend on the order of members, or on members that are undefined", () => {
  expect(digest({ a: 1, b: { c: 2, d: 3 } })).toBe(digest({ b: { d: 3, c: 2 }, a: 1, e: undefined }));
});

it("depends on everything else: the order of lists, kinds of values, names", () => {
  const all = [
    { a: [1, 2] },
    { a: [2, 1] },
    { a: "1" },
    { a: 1 },
    { a: null },
    { a: true },
    {},
    { b: 1 },
    { a: { a: 1 } },
    [],
  ];
  expect(new Set(all.map(digest)).size).toBe(all.length);
});

it("is the same after a round trip through JSON", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      (value) => digest(value) === digest(JSON.parse(JSON.stringify(value)) as object),
    ),
  );
});

it("refuses numbers that JSON can't write", () => {
  expect(() => digest({ a: { b: Number.NaN } })).toThrow();
  expect(() => digest([Number.POSITIVE_INFINITY])).toThrow();
});
