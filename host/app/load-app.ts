import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf } from "../host-error";
import { type App, type AppProblem, finishApp } from "./app";
import { entryFiles, readPackage } from "./entry-files";
import { installCoreModule } from "./module-hook";
import { closeCollection, openCollection } from "./registry";

/**
 * Loads the app of a folder as the real worker does: the files that `main` of package.json names, in alphabetical
 * order, each awaited. `settings` go into the environment first, without overriding what is there.
 * A file that fails ends the loading, and the app then has no function at all, only `problems`.
 */
export async function loadApp(options: {
  directory: string;
  settings?: Record<string, string>;
}): Promise<App> {
  const { directory } = options;
  for (const [name, value] of Object.entries(options.settings ?? {})) {
    process.env[name] ??= value;
  }
  const packageJson = readPackage(directory);
  const files = entryFiles(directory, packageJson);
  installCoreModule();
  const collection = openCollection();
  try {
    const problems: AppProblem[] = [];
    for (const file of files) {
      const problem = await load(directory, file, packageJson.type === "module");
      if (problem) {
        problems.push(problem);
        break;
      }
    }
    return await finishApp(directory, collection, problems);
  } finally {
    closeCollection();
  }
}

async function load(directory: string, file: string, esm: boolean): Promise<AppProblem | undefined> {
  const path = join(directory, file);
  try {
    if (file.endsWith(".mjs") || (esm && !file.endsWith(".cjs"))) {
      await import(pathToFileURL(path).href);
    } else {
      createRequire(path)(path);
    }
    return undefined;
  } catch (error) {
    return { file, error: messageOf(error), hint: hintFor(path, error) };
  }
}

function hintFor(path: string, error: unknown): string {
  const message = messageOf(error);
  if (/^Cannot find (module|package)/.test(message)) {
    return "Install what is missing (npm ci), or build the app again (npm run build).";
  }
  if (/already been registered/.test(message)) {
    return "Give each function a name of its own.";
  }
  if (error instanceof SyntaxError) {
    return "The file is not valid JavaScript for this Node.js.";
  }
  return `One failing file hides every function: see ${firstFrame(error) ?? path}.`;
}

function firstFrame(error: unknown): string | undefined {
  const stack = error instanceof Error ? error.stack : undefined;
  return /\(?((?:file:\/\/)?\/[^\s()]+:\d+:\d+)\)?/.exec(stack ?? "")?.[1];
}
