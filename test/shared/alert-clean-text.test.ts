import * as fc from "fast-check";
import { cleanText } from "../../shared/alert/clean-text";

test.each([
  ["keeps what people write", "żółć – „x” 🐘 日本語 العربية", "żółć – „x” 🐘 日本語 العربية"],
  ["turns line breaks and tabs into one space", " a \r\n\t b\u2028c\u0085d ", "a b c d"],
  ["keeps blanks inside a line", "a  b", "a  b"],
  ["removes terminal sequences' first character", "\u001b[31mred\u009b0m\u0007", "[31mred0m"],
  ["removes what reorders text", "a\u202eb\u2066c\u2069d\u200fe\u061cf", "abcdef"],
  ["removes what cannot be seen", "a\u200bb\ufeffc\u00add\u{e0041}e", "abcde"],
  ["replaces half a character", "a\ud83d b\udc18", "a\ufffd b\ufffd"],
])("%s", (_, text, clean) => {
  expect(cleanText(text, 500)).toBe(clean);
});

test("cuts at the limit, never inside a character", () => {
  expect(cleanText("abcdef", 6)).toBe("abcdef");
  expect(cleanText("abcdefg", 6)).toBe("abcde…");
  expect(cleanText("abcd🐘ef", 6)).toBe("abcd…");
});

test("leaves nothing that could move, hide or break a line, within the limit, and is stable", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.integer({ min: 2, max: 60 }),
      (text, limit) => {
        const clean = cleanText(text, limit);
        expect(clean.length).toBeLessThanOrEqual(limit);
        expect(clean).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(clean).not.toMatch(/\p{Cs}/u);
        expect(cleanText(clean, limit)).toBe(clean);
      },
    ),
    { numRuns: 1000 },
  );
});
