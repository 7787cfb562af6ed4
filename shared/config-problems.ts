import type { z } from "zod";
import { didYouMean } from "./config-nearest";
import { systemOf } from "./finding";

/**
 * What is wrong with a configuration, in words for the person who wrote it: where, what is there, what
 * was expected, and what to do. `is` never has a secret's value: people do paste them where a reference belongs.
 */
export type Problem = { path: PropertyKey[]; is: string; expected: string; hint?: string };

export function problem(path: PropertyKey[], is: string, expected: string, hint?: string): Problem {
  return { path, is, expected, ...(hint === undefined ? {} : { hint }) };
}

type Issue = z.core.$ZodIssue;

/** The names that may be written at a path, for "did you mean". */
export type KnownKeys = (path: PropertyKey[]) => string[];

export function problemsOf(issue: Issue, value: unknown, knownKeys: KnownKeys): Problem[] {
  if (issue.code !== "unrecognized_keys") return [problemOf(issue, valueAt(value, issue.path))];
  const known = knownKeys(issue.path);
  return issue.keys.map((key) => ({
    path: [...issue.path, key],
    is: "not a setting",
    expected: known.length === 0 ? "nothing here" : `one of ${known.join(", ")}`,
    ...didYouMean(key, known),
  }));
}

function problemOf(issue: Issue, value: unknown): Problem {
  return { path: issue.path, is: shown(value, issue), ...expectedOf(issue, value) };
}

function expectedOf(issue: Issue, value: unknown): { expected: string; hint?: string } {
  switch (issue.code) {
    case "invalid_type":
      return { expected: kinds[issue.expected] ?? issue.expected };
    case "invalid_value": {
      const allowed = issue.values.map(String);
      return { expected: `one of ${allowed.join(", ")}`, ...didYouMean(value, allowed) };
    }
    case "too_small":
      return { expected: boundOf(issue.origin, "at least", issue.minimum), ...ownWords(issue) };
    case "too_big":
      return { expected: boundOf(issue.origin, "at most", issue.maximum), ...ownWords(issue) };
    case "invalid_format":
      return expectedFormat(issue);
    case "invalid_union":
      if (issue.discriminator !== undefined) {
        const kinds = "options" in issue ? (issue.options as unknown[]).map(String) : [];
        return { expected: `one of ${kinds.join(", ")}`, ...didYouMean(value, kinds) };
      }
      return {
        expected: "an IPv4 or IPv6 address",
        hint: "Names are not accepted: DNS may be what is broken.",
      };
    default:
      return issue.path.includes("automatic")
        ? { expected: "a finding of docs/findings.md", ...didYouMean(value, Object.keys(systemOf)) }
        : { expected: issue.message };
  }
}

const kinds: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "a section with settings",
  array: "a list",
};

function boundOf(origin: string, bound: string, limit: number | bigint): string {
  if (origin === "string") return limit === 1 ? "some text" : `${bound} ${limit} characters`;
  return origin === "array" ? `${bound} ${limit} ${limit === 1 ? "entry" : "entries"}` : `${bound} ${limit}`;
}

function expectedFormat(issue: Extract<Issue, { code: "invalid_format" }>): {
  expected: string;
  hint?: string;
} {
  if (issue.path.at(-1) === "runtimeApi")
    return { expected: "tcp://address:port, tls://address:port or unix:///path" };
  if (issue.format === "hostname") return { expected: 'a host name such as "shop.example.com"' };
  if (issue.format === "url") return { expected: 'an address such as "https://example.com"' };
  if (issue.format === "email") return { expected: 'an e-mail address such as "ann@example.org"' };
  if (issue.format === "starts_with") return { expected: 'a path that begins with "/"' };
  return { expected: "another form", ...ownWords(issue) };
}

/** A rule of shared/estate.ts may bring its own sentence; zod's general ones say nothing new. */
function ownWords(issue: Issue): { hint?: string } {
  if (/^(Too |Invalid )/.test(issue.message)) return {};
  return { hint: `${issue.message[0]?.toUpperCase()}${issue.message.slice(1)}.` };
}

/** A mail server's address is among them because people write the password into it. */
const SECRET = new Set<PropertyKey>(
  "token secret totp webhook user password routingKey server apiKey key".split(" "),
);

/** What stands there. A text or a number may be a secret where a section belongs, whatever the section is. */
function shown(value: unknown, issue: Issue): string {
  if (value === undefined) return "missing";
  if (value === null || value === "") return "empty";
  if (typeof value === "object") return Array.isArray(value) ? `a list of ${value.length}` : "a section";
  if (typeof value === "boolean") return String(value);
  const kind = typeof value === "string" ? "a text" : "a number";
  if (maybeSecret(value, issue.path)) return `${kind} (not shown)`;
  if (issue.code === "invalid_type" && ["object", "array"].includes(issue.expected)) return kind;
  if (typeof value !== "string") return JSON.stringify(value);
  const text = JSON.stringify(withoutLogin(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** A channel's address is enough to write in our name; of its kind, only what is a word at most is shown. */
function maybeSecret(value: unknown, path: PropertyKey[]): boolean {
  if (path.some((step) => SECRET.has(step))) return true;
  return path.includes("channels") && !(path.at(-1) === "kind" && /^[a-z-]{1,12}$/i.test(String(value)));
}

/** Addresses have room for a user, a password and a key. One with a fault can't be taken apart: all before an @ goes. */
function withoutLogin(text: string): string {
  return text.replace(/\/\/.*@/s, "//…@").replace(/\?.+/s, "?…");
}

export function valueAt(value: unknown, path: PropertyKey[]): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[step];
  }
  return at;
}

export function pathText(path: PropertyKey[]): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return text.replace(/^\./, "") || "the file";
}
