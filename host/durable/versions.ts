import type { HostSettings } from "../host-json";

/** Whether this host may run an instance of `version`. */
export function versionAllowed(
  version: string | null,
  settings: Pick<HostSettings, "defaultVersion" | "versionMatch">,
): boolean {
  const { defaultVersion, versionMatch } = settings;
  if (versionMatch === "None") {
    return true;
  }
  if (versionMatch === "Strict") {
    return (version ?? "") === (defaultVersion ?? "");
  }
  // A host without a version refuses every versioned instance, so a version can never be taken away again.
  return compareVersions(version ?? "", defaultVersion ?? "") <= 0;
}

/** Compares as numbers where both are numbers with dots (1.10.0 is newer than 1.9.0), else as text. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  if (left && right) {
    for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
      const difference = (left[at] ?? -1) - (right[at] ?? -1);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  }
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : Number(x > y);
}

function numbers(version: string): number[] | undefined {
  return /^\d+(\.\d+){1,3}$/.test(version) ? version.split(".").map(Number) : undefined;
}
