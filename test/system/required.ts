import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/**
 * Whether the machine has `command` (a name on the PATH, or an absolute path), which the suite `name`
 * needs. A suite that is left out says so by name, with the package that would bring it; where
 * SWITCHOVER_REQUIRE_SYSTEM=1 (CI) it throws instead. Use: `(requirePart(…) ? describe : describe.skip)(…)`.
 */
export function requirePart(name: string, command: string, aptPackage: string): boolean {
  if (isHere(command)) return true;
  const says = `"${name}" needs ${command}. Install it: apt-get install --no-install-recommends ${aptPackage}`;
  if (process.env["SWITCHOVER_REQUIRE_SYSTEM"] === "1") throw new Error(says);
  process.stderr.write(`left out: ${says}\n`);
  return false;
}

function isHere(command: string): boolean {
  const places = isAbsolute(command)
    ? [""]
    : [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return places.some((place) => isExecutable(join(place, command)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
