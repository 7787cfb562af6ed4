/** JSON where it parses, else the text itself. */
export function parsed(text: string | null | undefined): unknown {
  if (text === null || text === undefined) {
    return null;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
