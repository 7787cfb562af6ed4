/** A copy of the value with this text in place of every text; `skip` names the keys that keep theirs. */
export function withText(value: unknown, text: string, skip: readonly string[]): unknown {
  if (typeof value === "string") return text;
  if (Array.isArray(value)) return value.map((inner) => withText(inner, text, skip));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    skip.includes(key) ? inner : withText(inner, text, skip),
  ]);
  return Object.fromEntries(entries);
}
