import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { defaultWindows } from "./windows";
import { pageWith } from "./page";
import { rendered } from "./render";
import { allPairs, judge, timesOf, type Row } from "./tabulate";

const usage = `Breaks the company in memory with every pair of the sandbox's faults, lets the real recovery look at it
in virtual time, and prints what it named, how soon, and whether its plan would have been safe.

  npm run pairs -- [--every-way] [--write]

  --every-way  each fault in each of its ways; without it, each in its usual way
  --write      puts the tables into docs/diagnosis.md (not with --every-way)`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      "every-way": { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || (values.write && values["every-way"])) {
    console.log(usage);
    return;
  }
  const root = process.cwd();
  const estate = defaultWindows(parse(readFileSync(join(root, "switchover.yaml"), "utf8")));
  const rows: Row[] = [];
  const pairs = allPairs(values["every-way"]);
  for (const pair of pairs) {
    rows.push(await judge(estate, pair));
    if (process.stderr.isTTY) process.stderr.write(`\r${rows.length} of ${pairs.length} pairs`);
  }
  const tables = rendered(rows, await timesOf(estate));
  console.log(tables);
  if (!values.write) return;
  const file = join(root, "docs/diagnosis.md");
  writeFileSync(file, pageWith(readFileSync(file, "utf8"), tables));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
