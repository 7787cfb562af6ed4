import { readConstraint } from "./constraints";

/** Matches a path, given without its leading slash and still percent-encoded. Undefined when it doesn't match. */
export type RouteMatcher = (path: string) => Record<string, string> | undefined;

type Parameter = {
  name: string;
  catchAll: boolean;
  optional: boolean;
  fallback: string | undefined;
  constraints: ((value: string) => boolean)[];
};

const escapeLiteral = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Reads an ASP.NET Core route template: `{p}`, `{p?}`, `{p=default}`, `{*rest}`, constraints after colons, literals.
 * Matching ignores case and a trailing slash. Throws for a template that can't be read.
 */
export function readTemplate(template: string): RouteMatcher {
  const parameters: Parameter[] = [];
  let pattern = "";
  for (const [at, segment] of segments(template).entries()) {
    const parts = partsOf(segment);
    const only = parts.length === 1 ? parts[0] : undefined;
    const slash = at === 0 ? "" : "/";
    if (only && "name" in only) {
      parameters.push(only);
      const value = only.catchAll ? "(.*)" : "([^/]+)";
      const mayLack = only.optional || only.catchAll || only.fallback !== undefined;
      pattern += mayLack ? `(?:${slash}${value})?` : `${slash}${value}`;
      continue;
    }
    pattern += slash;
    for (const part of parts) {
      if ("name" in part) {
        parameters.push(part);
        pattern += "([^/]+)";
      } else {
        pattern += escapeLiteral(part.literal);
      }
    }
  }
  const whole = new RegExp(`^${pattern}/?$`, "i");
  return (path) => match(whole, parameters, path);
}

function match(pattern: RegExp, parameters: Parameter[], path: string): Record<string, string> | undefined {
  const found = pattern.exec(path);
  if (!found) {
    return undefined;
  }
  const values: Record<string, string> = {};
  for (const [at, { name, fallback, constraints }] of parameters.entries()) {
    const raw = found[at + 1];
    const value = raw ? decode(raw) : fallback;
    if (value === undefined) {
      continue;
    }
    if (!constraints.every((allows) => allows(value))) {
      return undefined;
    }
    values[name] = value;
  }
  return values;
}

/** Decodes everything but an escaped slash, which stays as it came. */
function decode(text: string): string {
  try {
    return text
      .split(/(%2f)/i)
      .map((part) => (/^%2f$/i.test(part) ? part : decodeURIComponent(part)))
      .join("");
  } catch {
    return text;
  }
}

/** Splits at slashes that don't stand in braces. */
function segments(template: string): string[] {
  const found: string[] = [""];
  let depth = 0;
  for (const character of template.replace(/^\/+|\/+$/g, "")) {
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    if (character === "/" && depth === 0) {
      found.push("");
    } else {
      found[found.length - 1] += character;
    }
  }
  if (depth !== 0) {
    throw new Error(`The route '${template}' has a brace without its partner.`);
  }
  return found.filter((segment) => segment !== "");
}

function partsOf(segment: string): (Parameter | { literal: string })[] {
  const parts: (Parameter | { literal: string })[] = [];
  let rest = segment;
  while (rest !== "") {
    const open = rest.indexOf("{");
    if (open !== 0) {
      const literal = open < 0 ? rest : rest.slice(0, open);
      parts.push({ literal });
      rest = rest.slice(literal.length);
      continue;
    }
    const end = closing(rest);
    parts.push(parameter(rest.slice(1, end)));
    rest = rest.slice(end + 1);
  }
  return parts;
}

function closing(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return text.length;
}

function parameter(text: string): Parameter {
  const [, stars = "", name = "", tail = ""] = /^(\*{0,2})([^:=?*{}/]+)(.*)$/s.exec(text) ?? [];
  if (name === "") {
    throw new Error(`The route parameter '{${text}}' has no name.`);
  }
  const optional = tail.endsWith("?");
  const body = optional ? tail.slice(0, -1) : tail;
  const equals = body.search(/=(?![^(]*\))/);
  const fallback = equals >= 0 ? body.slice(equals + 1) : undefined;
  const constraints = splitConstraints(equals >= 0 ? body.slice(0, equals) : body).map(readConstraint);
  return { name, catchAll: stars !== "", optional, fallback, constraints };
}

/** Splits `:a:b(x:y)` at colons that don't stand in parentheses. */
function splitConstraints(text: string): string[] {
  return text
    .split(/:(?![^(]*\))/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
}
