import { cleanText } from "./clean-text";
import { limits } from "./limits";
import type { AlertProblem } from "./problem";

/** The fields of one notification. Always without a prototype: `__proto__` must stay a word. */
export type Fields = Record<string, string>;

/** Names through which a field could reach an object's machinery in some later code. */
const DANGEROUS = new Set(["__proto__", "constructor", "prototype"]);

export function noFields(): Fields {
  return Object.create(null) as Fields;
}

/** Adds one field; says what is wrong with its name, or nothing. */
export function addField(fields: Fields, name: string, value: string): AlertProblem | undefined {
  const wrong = wrongName(name, Object.hasOwn(fields, name));
  if (wrong !== undefined) return wrong;
  fields[name] = value;
  return undefined;
}

export function wrongName(name: string, seen: boolean): AlertProblem | undefined {
  const shown = cleanText(name, limits.shownCharacters);
  if (DANGEROUS.has(name.toLowerCase())) {
    return {
      status: 400,
      code: "field-name",
      says: "This field name is not allowed.",
      where: "body",
      value: shown,
      hint: "Send Nagios macros only, such as HOSTNAME and SERVICESTATE.",
    };
  }
  if (!seen) return undefined;
  return {
    status: 400,
    code: "duplicate-field",
    says: "The same field is there twice, so its value is unclear.",
    where: "body",
    value: shown,
    hint: "Send each macro once.",
  };
}

export function tooManyFields(): AlertProblem {
  return {
    status: 400,
    code: "too-many-fields",
    says: `There are more than ${limits.keys} fields.`,
    where: "body",
    hint: "Send the macros of the notification only; leave the TOTAL… and …FILE ones out.",
  };
}
