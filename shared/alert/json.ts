import { cleanText } from "./clean-text";
import { addField, noFields, tooManyFields, wrongName, type Fields } from "./fields";
import { limits } from "./limits";
import type { AlertProblem } from "./problem";

/**
 * Fields of a JSON body, read by a scanner of our own because `JSON.parse` keeps the last of two
 * equal keys without a word. Scalars stay the text they were (`12`, `1e400` and Python's bare `NaN`
 * too); arrays and deeper objects are checked and left out, except `macros`, where forwarders put
 * the Nagios environment.
 */
export function parseJson(text: string): { fields: Fields } | AlertProblem {
  const scan: Scan = { text, at: 0, keys: 0, fields: noFields() };
  try {
    skipBlank(scan);
    if (text[scan.at] !== "{") return malformed(scan, "The body is not a JSON object.");
    readObject(scan, 1, true);
    skipBlank(scan);
    if (scan.at < text.length) return malformed(scan, "There is text after the JSON object.");
    return { fields: scan.fields };
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.problem;
    throw thrown;
  }
}

type Scan = { text: string; at: number; keys: number; fields: Fields };

/** Leaves the recursion; caught in `parseJson`, never seen outside. */
class Stop {
  readonly problem: AlertProblem;
  constructor(problem: AlertProblem) {
    this.problem = problem;
  }
}

/** Characters shown of the place where the text stops to be JSON. */
const SHOWN = 20;
const BLANK = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex -- JSON forbids raw control characters in texts
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const BARE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|-?Infinity|NaN|true|false|null/y;

/** `keep`: this object's scalars are fields of the alert. */
function readObject(scan: Scan, depth: number, keep: boolean): void {
  readList(scan, depth, "}", new Set<string>(), (names) => {
    const name = readString(scan);
    scan.keys += 1;
    if (scan.keys > limits.keys) throw new Stop(tooManyFields());
    const wrong = wrongName(name, names.has(name));
    if (wrong !== undefined) throw new Stop(wrong);
    names.add(name);
    skipBlank(scan);
    expect(scan, ":");
    skipBlank(scan);
    const value = readValue(scan, depth, keep && depth === 1 && name.toLowerCase() === "macros");
    if (!keep || value === undefined) return;
    const clash = addField(scan.fields, name, value);
    if (clash !== undefined) throw new Stop(clash);
  });
}

/** A scalar's text; undefined for null, and for an array or object, which was read and left out. */
function readValue(scan: Scan, depth: number, keep: boolean): string | undefined {
  const first = scan.text[scan.at];
  if (first === '"') return readString(scan);
  if (first === "{") {
    readObject(scan, depth + 1, keep);
    return undefined;
  }
  if (first === "[") {
    readList(scan, depth + 1, "]", undefined, () => void readValue(scan, depth + 1, false));
    return undefined;
  }
  const token = match(scan, BARE);
  if (token === undefined) throw new Stop(malformed(scan, "A value was expected here."));
  return token === "null" ? undefined : token;
}

function readList<T>(scan: Scan, depth: number, close: "}" | "]", state: T, item: (state: T) => void): void {
  if (depth > limits.jsonDepth)
    throw new Stop(malformed(scan, `It is nested deeper than ${limits.jsonDepth}.`));
  scan.at += 1;
  skipBlank(scan);
  if (scan.text[scan.at] === close) {
    scan.at += 1;
    return;
  }
  for (;;) {
    item(state);
    skipBlank(scan);
    if (scan.text[scan.at] === close) break;
    expect(scan, ",");
    skipBlank(scan);
  }
  scan.at += 1;
}

function readString(scan: Scan): string {
  const token = match(scan, STRING);
  if (token === undefined) throw new Stop(malformed(scan, "A text in double quotes was expected here."));
  return JSON.parse(token) as string;
}

function expect(scan: Scan, character: string): void {
  if (scan.text[scan.at] !== character) throw new Stop(malformed(scan, `"${character}" was expected here.`));
  scan.at += 1;
}

function skipBlank(scan: Scan): void {
  match(scan, BLANK);
}

function match(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  scan.at += found?.length ?? 0;
  return found;
}

function malformed(scan: Scan, says: string): AlertProblem {
  return {
    status: 400,
    code: "malformed-json",
    says,
    where: `body, character ${scan.at}`,
    value: cleanText(scan.text.slice(scan.at, scan.at + SHOWN), SHOWN),
    hint: "Plugin output breaks JSON that is written by hand; use nagios/switchover-notify, or send a form.",
  };
}
