import { readdirSync, readFileSync } from "node:fs";
import { until } from "../../support/until";
import type { Place } from "./place";

/**
 * The living processes that belong to a place, each as "pid command line": its folder is in their command
 * line, or in the environment that they were started with.
 */
export function processesOf(place: Place): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`);
      const belongs = command.includes(place.folder) || read(`/proc/${pid}/environ`).includes(place.folder);
      // A zombie has neither; it waits for its parent only.
      return belongs ? [`${pid} ${command.replaceAll("\0", " ").trim()}`] : [];
    });
}

/** Throws with their command lines when anything of a place still runs after a moment. */
export async function nothingLeft(place: Place): Promise<void> {
  const left = () => processesOf(place);
  await until("no process is left", () => left().length === 0, {
    within: 8_000,
    story: () => left().join("\n"),
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It ended meanwhile, or is somebody else's.
    return "";
  }
}
