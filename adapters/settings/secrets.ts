import { RecoveryError } from "../../shared/errors";

/**
 * Resolves the configuration's references: `env:NAME` is the environment variable NAME, which on Azure is
 * an app setting or a Key Vault reference. Throws `SECRET_MISSING`; a value is never in an error's text.
 * `config`, when given, is searched for the places that need the variable, so that the error can name them.
 */
export function secretsFrom(env: NodeJS.ProcessEnv, config?: object): (ref: string) => string {
  return (ref) => {
    const [, name] = /^env:([A-Z][A-Z0-9_]*)$/.exec(ref) ?? [];
    if (name === undefined) {
      // Not quoted: whoever wrote a password instead of a reference must not find it in a log.
      throw new RecoveryError(
        "SECRET_MISSING",
        "A secret is not given as a reference.",
        "Write env:NAME in the configuration.",
      );
    }
    const value = withoutLastLineEnd(env[name]);
    if (value === undefined || value.trim() === "") throw missing(name, "is not set", places(config, ref));
    // Azure leaves the reference itself in place when it can't be resolved.
    if (value.startsWith("@Microsoft.KeyVault("))
      throw missing(name, "is a Key Vault reference that Azure could not resolve", places(config, ref));
    if (value !== value.trim()) throw missing(name, "begins or ends with white space", places(config, ref));
    return value;
  };
}

/** A certificate or a key is a text of lines, and whole files end with a line's end. */
function withoutLastLineEnd(value: string | undefined): string | undefined {
  return value?.startsWith("-----BEGIN ") === true ? value.trimEnd() : value;
}

function missing(name: string, what: string, used: string[]): RecoveryError {
  const by = used.length === 0 ? "" : ` It is needed by ${used.join(", ")}.`;
  return new RecoveryError(
    "SECRET_MISSING",
    `The environment variable ${name} ${what}.${by}`,
    "Set it in the shell, in local.settings.json, or as an app setting; see docs/configuration.md.",
  );
}

function places(value: unknown, ref: string, path = ""): string[] {
  if (value === ref) return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const step = Array.isArray(value) ? `[${key}]` : `${path === "" ? "" : "."}${key}`;
    return places(inner, ref, `${path}${step}`);
  });
}
