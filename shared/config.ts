import { crossCheck } from "./config-checks";
import { pathText, problemsOf, valueAt, type Problem } from "./config-problems";
import { RecoveryError } from "./errors";
import { estateSchema, type Estate } from "./estate";
import { estateJsonSchema } from "./estate-json-schema";

/** The line of a file on which the setting at a path is written, if it is known. */
export type LineOf = (path: PropertyKey[]) => number | undefined;

/**
 * The estate from what a file said. Throws `CONFIG_INVALID` with every problem of the file at once: path
 * and line, what is there, what was expected. `source` is the file's name. Whether the parts fit together
 * is looked at only when each has the right form.
 */
export function parseEstate(value: unknown, source: string, lineOf: LineOf = () => undefined): Estate {
  const parsed = estateSchema.safeParse(value);
  const problems = parsed.success
    ? crossCheck(parsed.data)
    : parsed.error.issues.flatMap((issue) => problemsOf(issue, value, knownKeys));
  if (parsed.success && problems.length === 0) return parsed.data;
  throw invalid(source, problems, lineOf);
}

function invalid(source: string, problems: Problem[], lineOf: LineOf): RecoveryError {
  const sentences = problems
    .map(({ path, is, expected, hint }) => {
      const line = lineOf(path);
      const where = `${pathText(path)}${line === undefined ? "" : ` (line ${line})`}`;
      return `  ${where}: is ${is}; expected ${expected}.${hint === undefined ? "" : ` ${hint}`}`;
    })
    .sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new RecoveryError(
    "CONFIG_INVALID",
    `${source} has ${count}:\n${sentences.join("\n")}\n `,
    "docs/configuration.md explains each setting.",
  );
}

/** Of a setting with several forms, the names of all of them. */
function knownKeys(path: PropertyKey[]): string[] {
  const inSchema = path.flatMap((step) => (typeof step === "number" ? ["items"] : ["properties", step]));
  const section = valueAt(estateJsonSchema(), inSchema) as Section | undefined;
  const forms = section?.oneOf ?? (section ? [section] : []);
  return [...new Set(forms.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

type Section = { properties?: object; oneOf?: Section[] };
