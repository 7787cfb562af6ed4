/** Markdown, as far as the generated pages need it. */

export const GENERATED =
  "<!-- Written by `npm run documents`, and compared by a test: don't edit it by hand. -->";

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A bar would begin another cell, and a line's end another row. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}

export function list(items: string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function numbered(items: string[]): string {
  return items.map((item, at) => `${at + 1}. ${item}`).join("\n");
}

/** A page of its blocks; the empty ones leave no gap. */
export function page(blocks: string[]): string {
  return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
}

/** Begun like a sentence and ended like one; a host name at its beginning stays as it is. */
export function sentence(text: string): string {
  const begun = /^[a-z]+[ ,]/.test(text) ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : text;
  return /[.!?:]$/.test(begun) ? begun : `${begun}.`;
}
