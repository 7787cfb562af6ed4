import { systemOf } from "../../shared/finding";
import { median } from "../median";
import type { Broken } from "./outcome";
import { isImpossible, type Judged, type Row, type Times } from "./tabulate";

/** What became of the pairs. Of those that are possible, `blind` have an observer among the faults; the rest are `ours`. */
export type Counts = {
  impossible: number;
  blind: number;
  refused: number;
  ours: number;
  named: number;
  /** Of `ours`, those whose deepest fault was named, whether customers are led to it or not. */
  byDepth: number;
  dangerous: number;
};

export function countsOf(rows: Row[]): Counts {
  const possible = rows.filter((row): row is Judged => !isImpossible(row));
  const blind = possible.filter(({ faults }) => faults.some(isObserver));
  const ours = possible.filter((row) => !blind.includes(row));
  return {
    impossible: rows.length - possible.length,
    blind: blind.length,
    refused: blind.filter((row) => row.verdict === "refused").length,
    ours: ours.length,
    named: ours.filter((row) => row.verdict === "named").length,
    byDepth: ours.filter((row) => row.right.byDepth.includes(row.outcome.finding)).length,
    dangerous: possible.filter((row) => row.dangers.length > 0).length,
  };
}

/** Both tables and their sums, as they stand in docs/diagnosis.md. */
export function rendered(rows: Row[], times: Times[]): string {
  return [
    "### Time to the diagnosis",
    "",
    ...timesTable(times),
    "",
    "### Every pair of faults",
    "",
    inWords(countsOf(rows)),
    "",
    ...pairsTable(rows),
  ].join("\n");
}

function inWords(counts: Counts): string {
  const { impossible, blind, refused, ours, named, byDepth, dangerous } = counts;
  const share = (count: number) => `${((100 * count) / ours).toFixed(0)} %`;
  return [
    `Of ${impossible + blind + ours} pairs ${impossible} are impossible. Of the ${ours} that break the company and leave every observer well,`,
    `the deepest cause is named in ${named} (${share(named)}); counting faults that no customer is led to as well, in ${byDepth} (${share(byDepth)}).`,
    `In ${blind} an observer is among the faults: the cause is named all the same in ${blind - refused}, and in ${refused} the answer is that it`,
    `can't be told. Plans that would be unsafe: ${dangerous}.`,
  ].join("\n");
}

function timesTable(times: Times[]): string[] {
  const all = times.flatMap((one) => one.seconds);
  const lines = times.map(({ finding, tries, named, seconds }) =>
    line([`\`${finding}\``, `${named} of ${tries}`, ...figures(seconds)]),
  );
  return [
    line(["fault", "named", "median, s", "longest, s"]),
    line(["---", "---", "---", "---"]),
    ...lines,
    line(["all of them", "", ...figures(all)]),
  ];
}

function figures(seconds: number[]): string[] {
  return seconds.length === 0 ? ["–", "–"] : [median(seconds).toFixed(1), Math.max(...seconds).toFixed(1)];
}

function pairsTable(rows: Row[]): string[] {
  return [
    line(["faults", "named", "deepest cause?", "s", "plan", "safe?"]),
    line(["---", "---", "---", "---", "---", "---"]),
    ...pairLines(rows),
  ];
}

/** The table's lines, one a pair. */
export function pairLines(rows: Row[]): string[] {
  return rows.map((row) => line(cellsOf(row)));
}

function cellsOf(row: Row): string[] {
  const faults = row.faults.map(textOf).join(" + ");
  if (isImpossible(row)) return [faults, "–", `impossible: ${row.because}`, "–", "–", "–"];
  const { outcome, right, verdict, dangers } = row;
  const target = outcome.target === null ? "" : ` (${outcome.target})`;
  const says = {
    named: "yes",
    refused: "refused: an observer is gone",
    missed: `no: ${right.findings.join(" or ")}`,
  };
  return [
    faults,
    `\`${outcome.finding}\`${target}`,
    says[verdict],
    outcome.seconds === null ? "–" : outcome.seconds.toFixed(1),
    outcome.plan?.name ?? "nobody acts",
    dangers.length === 0 ? "yes" : `no: ${dangers.join("; ")}`,
  ];
}

function isObserver({ finding }: Broken): boolean {
  return systemOf[finding] === "observers";
}

function textOf({ finding, way }: Broken): string {
  return `${finding} (${way})`;
}

function line(cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
