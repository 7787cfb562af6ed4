import { readSchedule } from "../../../host/timers/schedule";

const read = (text: string, zone = "UTC") => readSchedule(text, zone, "tick");

/** The next occurrences after an instant, as ISO texts without the fraction. */
function next(text: string, from: string, count = 3, zone = "UTC"): string[] {
  const schedule = read(text, zone);
  const found: string[] = [];
  for (let at = Date.parse(from); found.length < count; ) {
    at = schedule.next(at);
    found.push(new Date(at).toISOString().replace(".000Z", "Z"));
  }
  return found;
}

test.each([
  ["0 * * * * *", "2026-11-23T02:15:30Z", ["2026-11-23T02:16:00Z", "2026-11-23T02:17:00Z"]],
  ["0 * * * * *", "2026-11-23T02:15:00Z", ["2026-11-23T02:16:00Z", "2026-11-23T02:17:00Z"]],
  ["* * * * *", "2026-11-23T02:15:30Z", ["2026-11-23T02:16:00Z", "2026-11-23T02:17:00Z"]],
  ["*/5 * * * * *", "2026-11-23T02:15:31.5Z", ["2026-11-23T02:15:35Z", "2026-11-23T02:15:40Z"]],
  ["5/15 * * * * *", "2026-11-23T02:15:00Z", ["2026-11-23T02:15:05Z", "2026-11-23T02:15:20Z"]],
  ["0 0 9-17/4 * * 1-5", "2026-11-20T16:00:00Z", ["2026-11-20T17:00:00Z", "2026-11-23T09:00:00Z"]],
  ["0 30 9 * Jan Mon", "2026-11-23T00:00:00Z", ["2027-01-04T09:30:00Z", "2027-01-11T09:30:00Z"]],
  ["0 0 0 * * sun", "2026-11-23T00:00:00Z", ["2026-11-29T00:00:00Z", "2026-12-06T00:00:00Z"]],
  ["0 0 0 * * 0", "2026-11-23T00:00:00Z", ["2026-11-29T00:00:00Z", "2026-12-06T00:00:00Z"]],
  // Both the day of the month and the weekday must match: Friday the 13th, not every Friday and every 13th.
  ["0 0 0 13 * 5", "2026-11-23T00:00:00Z", ["2027-08-13T00:00:00Z", "2028-10-13T00:00:00Z"]],
  ["0 0 0 29 2 *", "2026-11-23T00:00:00Z", ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"]],
  ["00:01:30", "2026-11-23T00:00:00Z", ["2026-11-23T00:01:30Z", "2026-11-23T00:03:00Z"]],
  ["1.00:00:00", "2026-11-23T00:00:00Z", ["2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"]],
])("%s after %s", (text, from, expected) => {
  expect(next(text, from, expected.length)).toEqual(expected);
});

test("agrees with a plain reading of the fields, minute by minute through a month", () => {
  const schedule = read("0 */7 3,15-20 1-7 * 1,3-5");
  const expected: number[] = [];
  const end = Date.parse("2026-12-31T00:00:00Z");
  for (let at = Date.parse("2026-12-01T00:00:00Z"); at < end; at += 60_000) {
    const date = new Date(at);
    const hour = date.getUTCHours();
    const matches =
      date.getUTCMinutes() % 7 === 0 &&
      (hour === 3 || (hour >= 15 && hour <= 20)) &&
      date.getUTCDate() <= 7 &&
      [1, 3, 4, 5].includes(date.getUTCDay());
    if (matches) {
      expected.push(at);
    }
  }
  const found: number[] = [];
  for (let at = schedule.next(Date.parse("2026-11-30T23:59:59Z")); at < end; at = schedule.next(at)) {
    found.push(at);
  }
  expect(found).toEqual(expected);
});

test("runs a point in time once in the hour that daylight saving repeats, an interval in both", () => {
  const zone = "Europe/Prague";
  expect(next("0 30 2 * * *", "2026-10-24T12:00:00Z", 2, zone)).toEqual([
    "2026-10-25T00:30:00Z",
    "2026-10-26T01:30:00Z",
  ]);
  expect(next("0 */30 * * * *", "2026-10-24T23:45:00Z", 5, zone)).toEqual([
    "2026-10-25T00:00:00Z",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:00:00Z",
    "2026-10-25T01:30:00Z",
    "2026-10-25T02:00:00Z",
  ]);
});

test("moves a point in time that daylight saving leaves out to the first one after the gap", () => {
  expect(next("0 30 2 * * *", "2026-03-28T12:00:00Z", 1, "Europe/Prague")).toEqual(["2026-03-29T01:00:00Z"]);
});

test.each([
  ["*/5 * * * * *", true],
  ["30 * * * * *", false],
  ["0 * * * * *", false],
  ["00:00:59", true],
  ["00:01:00", false],
])("%s has no memory: %s", (text, subMinute) => {
  expect(read(text).subMinute).toBe(subMinute);
});

test.each([
  "",
  "nonsense",
  "* * * *",
  "0 0 0 * * 7",
  "0 0 0 * * 1-7",
  "0 0 0 L * *",
  "0 0 0 ? * *",
  "0 0 0 * * 5#2",
  "60 * * * * *",
  "0 60 * * * *",
  "0 0 24 * * *",
  "0 0 0 32 * *",
  "0 0 0 * 13 *",
  "0 /5 * * * *",
  "0 */0 * * * *",
  "@daily",
  "00:00:00",
  "0 0 0 30 2 *",
])("refuses '%s' and names the function", (text) => {
  expect(() => read(text)).toThrow("Function 'tick': the schedule");
});
