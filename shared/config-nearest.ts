/** The hint for a word that is none of these, when one of them is nearly it. */
export function didYouMean(word: unknown, words: string[]): { hint?: string } {
  if (typeof word !== "string") return {};
  const [nearest] = words
    .map((each) => ({ each, distance: distance(word.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= Math.max(1, each.length / 3))
    .sort((one, other) => one.distance - other.distance);
  return nearest ? { hint: `Did you mean ${nearest.each}?` } : {};
}

/** How many letters must be added, dropped or changed, or neighbours exchanged, to get from one to the other. */
function distance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swap = swapped ? at(row - 2, column - 2) + 1 : Infinity;
      rows[row]?.push(
        Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same, swap),
      );
    }
  }
  return at(one.length, other.length);
}
