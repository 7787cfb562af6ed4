const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)/g;
const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/g;

function text(value: string): string {
  const details = value.indexOf(" \n {");
  const short = !value.includes('"$type"') ? value : details < 0 ? "DETAILS" : value.slice(0, details);
  return respelt(short.replace(time, "TIME").replace(guid, "GUID"));
}

/** .NET spells some JSON otherwise (`1E+21`, `\u2028` escaped): the same values count as the same text. */
function respelt(text: string): string {
  if (!/^[[{]/.test(text)) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Takes out what differs from run to run: times, made-up ids, and the inside of an activity's failure. */
export function normalised(value: unknown): unknown {
  if (typeof value === "string") {
    return text(value);
  }
  if (Array.isArray(value)) {
    return value.map(normalised);
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, normalised(one)]));
  }
  return value;
}

/** The recording cut long texts: one that begins so and is as long becomes the cut one. */
export function cutAlike(expected: unknown, seen: unknown): unknown {
  if (typeof expected === "string" && typeof seen === "string") {
    const [, beginning = "", length] = /^(.*)\.\.\.\(cut, (\d+) chars\)$/s.exec(expected) ?? [];
    return length !== undefined && seen.startsWith(beginning) && seen.length === Number(length)
      ? expected
      : seen;
  }
  if (Array.isArray(expected) && Array.isArray(seen)) {
    return seen.map((one, at) => cutAlike(expected[at], one));
  }
  if (typeof expected === "object" && expected !== null && typeof seen === "object" && seen !== null) {
    const left = expected as Record<string, unknown>;
    return Object.fromEntries(Object.entries(seen).map(([key, one]) => [key, cutAlike(left[key], one)]));
  }
  return seen;
}
