import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../shared/finding";
import type { RecoveryPlan } from "../../shared/recovery-plan";

export type TestFile = { path: string; text: string };

/** Where whole incidents are drilled: the company is broken, and the recovery must end as it should. */
const DRILLS = ["test/recovery", "test/system/recovery", "test/system/start"];

/** The drills of this checkout; none where Switchover is installed without its tests. */
export function drillFiles(root: string): TestFile[] {
  return DRILLS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith(".test.ts"))
      .sort()
      .map((name) => ({
        path: `${folder}/${name}`,
        text: readFileSync(join(root, folder, name), "utf8"),
      })),
  );
}

/** It causes the finding, or expects it (a drill of many ways has the fault in a list), and expects to have recovered. */
function drills(text: string, finding: Finding): boolean {
  const causes = text.includes(`break("${finding}"`) || text.includes(`finding: "${finding}"`);
  return causes && text.includes('"recovered"');
}

/** The drills that recover from what the plan answers, by their folders: "`test/recovery/` hostile, votes". */
export function proofsOf({ answers }: RecoveryPlan, files: TestFile[]): string {
  const folders = new Map<string, string[]>();
  for (const { path, text } of files) {
    if (!drills(text, answers)) continue;
    const [, folder = "", name = ""] = /^(.*\/)(.*)\.test\.ts$/.exec(path) ?? [];
    folders.set(folder, [...(folders.get(folder) ?? []), name]);
  }
  return [...folders].map(([folder, names]) => `\`${folder}\` ${names.join(", ")}`).join("; ");
}
