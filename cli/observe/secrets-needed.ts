import { secretsFrom } from "../../adapters/settings/secrets";
import { RecoveryError } from "../../shared/errors";

/** A variable of the environment that can't be used, and what needs it. Never its value. */
export type Lacking = { variable: string; neededBy: string[]; says: string };

/** Links to decisions are made with it; no setting names it. */
const LINK_SECRET = "env:SWITCHOVER_LINK_SECRET";

/** Every `env:NAME` of the configuration, wherever it stands, that this process could not use now. */
export function lackingSecrets(estate: object, env: NodeJS.ProcessEnv): Lacking[] {
  const secrets = secretsFrom(env);
  const needed = placesOf(estate, "");
  needed.set(LINK_SECRET, ["links to decisions"]);
  return [...needed].flatMap(([ref, neededBy]) => {
    try {
      secrets(ref);
      return [];
    } catch (thrown) {
      if (!(thrown instanceof RecoveryError)) throw thrown;
      const variable = ref.slice("env:".length);
      const [, says = "can't be used"] = new RegExp(`${variable} (.*?)\\. `).exec(thrown.message) ?? [];
      return [{ variable, neededBy, says }];
    }
  });
}

/** Where each reference stands: settings are read as data, so that one of tomorrow is found as well. */
function placesOf(value: unknown, path: string, found = new Map<string, string[]>()): Map<string, string[]> {
  if (typeof value === "string" && /^env:[A-Z][A-Z0-9_]*$/.test(value))
    found.set(value, [...(found.get(value) ?? []), path]);
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value))
      placesOf(
        inner,
        Array.isArray(value) ? `${path}[${key}]` : `${path}${path === "" ? "" : "."}${key}`,
        found,
      );
  }
  return found;
}
