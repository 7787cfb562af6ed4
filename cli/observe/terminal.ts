/** Colours, or the same words without them. No meaning is in a colour alone. */
export type Paint = Record<"good" | "bad" | "bold" | "plain", (text: string) => string>;

const plain = (text: string) => text;

export function paintFor(coloured: boolean): Paint {
  if (!coloured) return { good: plain, bad: plain, bold: plain, plain };
  const code = (number: string) => (text: string) => `\u001b[${number}m${text}\u001b[0m`;
  return { good: code("32"), bad: code("1;31"), bold: code("1"), plain };
}

/** Moves the cursor home and empties the screen, for a report that takes the place of the last one. */
export const CLEAR = "\u001b[H\u001b[2J\u001b[3J";

const WIDTH = 100;

/** A text broken between words, each line indented, those after the first by `hanging` when it is given. */
export function paragraph(text: string, indent: number, hanging = indent): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + word.length + 1 > WIDTH - hanging) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one, at) => `${" ".repeat(at === 0 ? indent : hanging)}${one}`);
}
