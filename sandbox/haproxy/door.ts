/**
 * The lines that a guarded door lets through, as a regular expression of HAProxy's (built with PCRE). One line,
 * whole: a chain with ";" or a second line is another one. What is not on the list is dropped without a word.
 */
export const doorPattern =
  "^(show (servers state|stat|info)|set server [A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+ state (ready|drain|maint))\\n$";

const allowed = new RegExp(doorPattern);

/** `line` with its end of line, as it came over the wire. */
export function doorAllows(line: string): boolean {
  return allowed.test(line);
}

export function isGuarded({ runtimeApi }: { runtimeApi: string }): boolean {
  return runtimeApi.startsWith("tls:");
}
