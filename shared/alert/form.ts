import { addField, noFields, tooManyFields, type Fields } from "./fields";
import { limits } from "./limits";
import type { AlertProblem } from "./problem";

/**
 * Fields of an `application/x-www-form-urlencoded` body. Percent-encoded bytes that are not UTF-8
 * (a plugin that speaks Latin-1) become U+FFFD: a damaged letter must not cost the alert.
 */
export function parseForm(text: string): { fields: Fields } | AlertProblem {
  const fields = noFields();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > limits.keys) return tooManyFields();
    const wrong = addField(fields, name, value);
    if (wrong !== undefined) return wrong;
  }
  return { fields };
}
