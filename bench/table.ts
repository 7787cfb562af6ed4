import type { Figures } from "./phases";
import type { Way } from "./ways";

const titles: Record<Way, string> = {
  inside: "in this process, management API",
  client: "in this process, the app's functions and the durable client",
  http: "over HTTP from another process, management API",
};

type Column = { title: string; cell: (figures: Figures) => string };

const number = (value: number | undefined, digits = 0): string =>
  value === undefined ? "–" : value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

const several = (figures: Figures, names: string[], digits = 0): string => {
  const values = names.map((name) => number(figures[name], digits));
  return values.every((value) => value === "–") ? "–" : values.join(" / ");
};

const crashed = (figures: Figures, how: string): string =>
  figures[how] === undefined
    ? "–"
    : `${figures[`${how}Done`]}, ${number(figures[how])}, ${figures[`${how}Repeated`]}`;

const columns: Column[] = [
  { title: "p50 / p99 ms", cell: (figures) => several(figures, ["p50", "p99"], 1) },
  { title: "incidents/s 1,000", cell: (figures) => number(figures["perSecond1000"]) },
  { title: "incidents/s 5,000", cell: (figures) => number(figures["perSecond5000"]) },
  { title: "CPU ms/incident", cell: (figures) => number(figures["cpu5000"], 2) },
  { title: "storm starts/s", cell: (figures) => number(figures["storm"]) },
  { title: "RSS MB after 1,000", cell: (figures) => number(figures["rss1000"]) },
  { title: "bytes/incident", cell: (figures) => number(figures["bytes"]) },
  { title: "cold ms (listening)", cell: (figures) => several(figures, ["cold", "coldListening"]) },
  { title: "crash hold: done, last ms, repeated", cell: (figures) => crashed(figures, "hold") },
  { title: "crash mid: done, last ms, repeated", cell: (figures) => crashed(figures, "mid") },
  {
    title: "growth 100/500/1,000/2,000 ms",
    cell: (figures) => several(figures, ["growth100", "growth500", "growth1000", "growth2000"]),
  },
];

/** The figures as a table in Markdown, a row for each way of driving the host. */
export function table(rows: Map<Way, Figures>): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const titlesLine = line(["driven", ...columns.map(({ title }) => title)]);
  const lines = Array.from(rows, ([way, figures]) =>
    line([titles[way], ...columns.map((column) => column.cell(figures))]),
  );
  return [titlesLine, line(["---", ...columns.map(() => "---")]), ...lines].join("\n");
}
