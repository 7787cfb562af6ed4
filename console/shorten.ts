/**
 * A monitoring plugin may say 8 kB, and a page full of them is of no use at night. Only for what was
 * said, never for what is going to be done. No character is cut in half.
 */
export function shorten(says: string, most = 400): string {
  return says.length > most ? `${says.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…` : says;
}
