import { join } from "node:path";
import { readFileSync } from "node:fs";
import { HostError, messageOf } from "./host-error";

/** What lies beside the app: host.json, and the settings of local.settings.json. */
export type LocalFiles = { hostJson: object; values: Record<string, string> };

/** Throws a HostError for a file that is not JSON; a missing one counts as empty. */
export function readLocalFiles(directory: string): LocalFiles {
  const hostJson = readJson(join(directory, "host.json"));
  const { Values, IsEncrypted } = readJson(join(directory, "local.settings.json")) as Record<string, unknown>;
  if (IsEncrypted === true) {
    throw new HostError(
      "settings",
      `local.settings.json in ${directory} is encrypted: decrypt it first (func settings decrypt).`,
    );
  }
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries((Values ?? {}) as Record<string, unknown>)) {
    values[name] = String(value);
  }
  return { hostJson, values };
}

function readJson(file: string): object {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  try {
    // Editors on Windows put a byte order mark in front.
    const read: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof read === "object" && read !== null) {
      return read;
    }
    throw new Error("it is not an object");
  } catch (error) {
    throw new HostError("settings", `${file} is not valid JSON: ${messageOf(error)}.`, { cause: error });
  }
}
