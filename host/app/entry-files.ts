import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { HostError, messageOf } from "../host-error";

export type Package = { main: string | undefined; type: string | undefined };

/** Reads what matters of an app's package.json. Throws a HostError when it can't be read. */
export function readPackage(directory: string): Package {
  const file = join(directory, "package.json");
  try {
    const { main, type } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    return {
      main: typeof main === "string" ? main : undefined,
      type: typeof type === "string" ? type : undefined,
    };
  } catch (error) {
    const what = existsSync(file) ? messageOf(error) : "there is none";
    throw new HostError(
      "app-broken",
      `No app in ${directory}: its package.json can't be read (${what}). Start the host in the folder of the app.`,
    );
  }
}

/** The app's entry files, in the order in which they are loaded. Throws a HostError when `main` names none. */
export function entryFiles(directory: string, { main }: Package): string[] {
  if (main === undefined) {
    throw new HostError(
      "app-broken",
      `package.json in ${directory} has no "main": it names the app's entry files.`,
    );
  }
  const files = globSync(main, { cwd: directory }).sort();
  if (files.length === 0) {
    throw new HostError(
      "app-broken",
      `No file matches "main": "${main}" of ${directory}/package.json: build the app first (npm run build).`,
    );
  }
  return files;
}
