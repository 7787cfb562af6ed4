import { readdirSync } from "node:fs";
import { join } from "node:path";
import { collectApp, type App } from "../../host/index";

/** As the worker finds them: every file of functions/, in alphabetical order. */
const ENTRY_FILES = readdirSync(join(__dirname, "../../functions"), { withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name))
  .map((entry) => entry.name.replace(/\.[jt]s$/, ""))
  .sort();

let loaded: Promise<App> | undefined;

/** The real function app, registered once a test file; the host is what gets restarted. */
export function theApp(): Promise<App> {
  loaded ??= collectApp(() => {
    for (const file of ENTRY_FILES) require(`../../functions/${file}`);
  });
  return loaded;
}
