import { milliseconds } from "../../shared/span";
import { spanSetting, spanText } from "../../shared/span-text";

it.each([
  [0, "0 s"],
  [999, "999 ms"],
  [65_000, "1 min 5 s"],
  [5_400_000, "1 h 30 min"],
  [86_400_000, "1 day"],
  [172_800_001, "2 days 1 ms"],
])("says %d milliseconds exactly: %s", (ms, text) => {
  expect(spanText(ms)).toBe(text);
});

it.each(["0ms", "500ms", "90s", "2m", "36h", "7d"])("writes %s as one would in switchover.yaml", (text) => {
  expect(spanSetting(milliseconds(text))).toBe(text);
});
