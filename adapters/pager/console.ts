import type { Channel } from "./channel";

/** Takes one line, without its end. */
export type Print = (line: string) => void;

/**
 * A line of this process's output, for whoever sits in front of it. Always taken. JSON, so that a text can't
 * end the line or begin another; what is not to be seen is written as its code.
 */
export function consoleChannel({ print }: { print: Print }): Channel {
  return {
    kind: "console",
    send: async ({ to, severity, text, link, incident }) =>
      print(`message ${printable({ to, severity, text, link, incident })}`),
  };
}

/** JSON without controls and marks of direction: a terminal obeys nothing in it, and it reads as it is. */
function printable(value: object): string {
  return JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, at) => codeOf(character.charCodeAt(at))).join(""),
  );
}

function codeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}

export const printLine: Print = (line) => {
  process.stdout.write(`${line}\n`);
};
