/**
 * Reads HAProxy's `show stat`: CSV whose first line begins with "# " and names the columns. Columns are
 * found by name, because every version adds some (management guide, "9.1. CSV format").
 * `undefined` when it is anything else, or does not end with the empty line that ends every answer: half a
 * list of servers would look like a loss.
 */
export function parseStat(answer: string): Record<string, string>[] | undefined {
  if (!answer.startsWith("# ") || !answer.endsWith("\n\n")) return undefined;
  const [header = "", ...lines] = answer
    .slice(2)
    .split("\n")
    .filter((line) => line !== "");
  const columns = fieldsOf(header);
  const rows = lines.map(fieldsOf);
  if (!columns.includes("svname") || rows.some((row) => row.length !== columns.length)) return undefined;
  return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ""])));
}

/** Texts from health checks are quoted when they contain commas; a quote inside is written twice. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  const next = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/y;
  for (let field = next.exec(line); field; field = field[3] === "," ? next.exec(line) : null) {
    fields.push(field[1]?.replaceAll('""', '"') ?? field[2] ?? "");
  }
  return fields;
}
