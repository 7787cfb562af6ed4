/** What lies between these lines of docs/diagnosis.md is written by the command; the rest is written by hand. */
const BEGIN = "<!-- npm run pairs writes from here -->";
const END = "<!-- to here -->";

/** The page with the tables put between its marks. Throws when it has lost them. */
export function pageWith(page: string, tables: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(
      `docs/diagnosis.md has no place for the tables: the lines "${BEGIN}" and "${END}" belong there.`,
    );
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tables}\n\n${page.slice(end)}`;
}
