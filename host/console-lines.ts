import type { Host } from "./host";
import type { LogEntry } from "./log";

/** One line of the log for a terminal; undefined for a line that an orchestrator only repeats. */
export function lineOf(entry: LogEntry, at: Date): string | undefined {
  if (entry.replay === true || entry.level === "trace" || entry.level === "debug") {
    return undefined;
  }
  const time = at.toISOString().slice(11, 23);
  const from = entry.functionName ? ` ${entry.functionName}:` : "";
  const level = entry.level === "information" ? "" : ` ${entry.level}:`;
  return `${time}${level}${from} ${entry.message}`;
}

const width = (texts: string[]) => Math.max(0, ...texts.map((text) => text.length));

/** The functions with what sets them off: methods and address, or the schedule. */
export function functionTable(host: Pick<Host, "functions" | "url">): string {
  const functions = host.functions();
  const rows = functions.map(({ name, trigger, route, methods, schedule }) => {
    if (route !== undefined) {
      return [name, (methods ?? []).join(","), `${host.url ?? ""}/${route}`];
    }
    return [name, trigger.replace(/Trigger$/, ""), schedule ?? ""];
  });
  const first = width(rows.map(([name = ""]) => name));
  const second = width(rows.map(([, what = ""]) => what));
  const lines = rows.map(([name = "", what = "", where = ""]) =>
    `  ${name.padEnd(first)}  ${what.padEnd(second)}  ${where}`.trimEnd(),
  );
  return ["Functions:", ...(lines.length > 0 ? lines : ["  none"])].join("\n");
}
