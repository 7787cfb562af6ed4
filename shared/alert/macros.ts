import { cleanText } from "./clean-text";
import type { Fields } from "./fields";
import { limits } from "./limits";
import type { AlertProblem } from "./problem";

/** Values by macro name, in Nagios' own spelling, without `NAGIOS_` and without dollar signs. */
export type Macros = { [macro: string]: string | undefined };

/** What others call the macros that we read; the left names are compared without `_` and case. */
const ALIASES = new Map([
  ["HOST", "HOSTNAME"],
  ["SERVICE", "SERVICEDESC"],
  ["SERVICEDESCRIPTION", "SERVICEDESC"],
  ["TYPE", "NOTIFICATIONTYPE"],
  ["ADDRESS", "HOSTADDRESS"],
  ["AUTHOR", "NOTIFICATIONAUTHOR"],
  ["COMMENT", "NOTIFICATIONCOMMENT"],
  ["PLUGINOUTPUT", "OUTPUT"],
  ["CURRENTATTEMPT", "ATTEMPT"],
  ["TIMESTAMP", "TIMET"],
]);

/** A macro that Nagios did not know arrives as its own name, or as the `$` a shell left of it. */
const LITERAL = /^\$(?:[A-Za-z0-9_:]*\$)?$/;

/** Two spellings of one macro must agree; a macro that was not expanded is absent. */
export function macrosOf(fields: Fields): { macros: Macros } | AlertProblem {
  const macros = Object.create(null) as Macros;
  for (const [name, value] of Object.entries(fields)) {
    if (value === "" || LITERAL.test(value)) continue;
    const macro = canonical(name);
    const other = macros[macro];
    if (other !== undefined && other !== value) return disagreement(macro, name);
    macros[macro] = value;
  }
  return { macros };
}

function canonical(name: string): string {
  const bare = name
    .toUpperCase()
    .replace(/^\$(.*)\$$/, "$1")
    .replace(/^NAGIOS_/, "");
  // A custom macro keeps its underscore: _HOSTNAME is somebody's own variable, not the host's name.
  if (bare.startsWith("_")) return bare;
  const plain = bare.replaceAll("_", "");
  return ALIASES.get(plain) ?? plain;
}

function disagreement(macro: string, name: string): AlertProblem {
  return {
    status: 400,
    code: "duplicate-field",
    says: `${macro} is there in two spellings with different values.`,
    where: "body",
    value: cleanText(name, limits.shownCharacters),
    hint: "Send each macro once.",
  };
}
