import type { Source } from "./source";

/** activities/apply-step.ts exports one function, `applyStep`. activities/index.ts lists them all. */
export function brokenActivity({ file, code }: Source): string[] {
  const [, name] = /^activities\/([a-z0-9-]+)\.ts$/.exec(file) ?? [];
  if (name === undefined || name === "index") return [];
  const expected = name.replace(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
  const functions = exportedFunctions(code);
  if (functions.length === 1 && functions[0] === expected) return [];
  const has = functions.length === 0 ? "no function" : functions.join(", ");
  return [
    `an activity exports one function, named as its file: ${expected}; this one exports ${has}. Move helpers to shared/, or keep them to the file`,
  ];
}

function exportedFunctions(code: string): string[] {
  const declared = code.matchAll(/\bexport\s+(?:async\s+)?function\s*\*?\s*([\w$]+)/g);
  const assigned = code.matchAll(
    /\bexport\s+const\s+([\w$]+)[^=\n]*=\s*(?:async\s*)?(?:function\b|\([^()]*\)\s*(?::[^=]+)?=>|[\w$]+\s*=>)/g,
  );
  return [...declared, ...assigned].flatMap(([, name]) => name ?? []);
}

/** Top folders that ARCHITECTURE.md does not name, as `folder/`. */
export function unmapped(folders: string[], architecture: string): string[] {
  return folders
    .filter((folder) => !new RegExp(`(?<![\\w/.-])${folder}/`).test(architecture))
    .map((folder) => `${folder}/ is not on the map in ARCHITECTURE.md; say there what it is for`);
}

const NAMED = /(?:\bnew\s+RecoveryError\s*\(|\brefuse\s*\(|\brefused\s*:)\s*"/g;
const IN_TEXT = /\bnew\s+Error\s*\(\s*["`]/g;

/** The codes of errors and refusals that a source file makes: named, or at the beginning of an error's text. */
export function codesIn({ text, code }: Source): string[] {
  const after = (pattern: RegExp) =>
    Array.from(code.matchAll(pattern), (match) =>
      text.slice(match.index + match[0].length, match.index + match[0].length + 80),
    );
  const named = after(NAMED).flatMap((rest) => /^([A-Za-z][\w-]*)"/.exec(rest)?.[1] ?? []);
  const inText = after(IN_TEXT).flatMap((rest) => /^([A-Z][A-Z0-9_]+): /.exec(rest)?.[1] ?? []);
  return [...named, ...inText];
}

/** A code has a heading, or the first cell of a table's line, of its own. */
const LISTED = /^(?:#+ |\| ?)(?:`([A-Za-z][\w-]*)`|([A-Z][A-Z0-9_]+))(?= *(?:\||$))/gm;

export function unlisted(codes: Iterable<string>, errorsPage: string): string[] {
  const made = new Set(codes);
  const listed = new Set(
    Array.from(errorsPage.matchAll(LISTED), ([, quoted, plain = ""]) => quoted ?? plain),
  );
  return [
    ...[...made]
      .filter((code) => !listed.has(code))
      .map((code) => `${code} is made in the source and not explained in docs/errors.md; add it`),
    ...[...listed]
      .filter((code) => !made.has(code))
      .map((code) => `docs/errors.md explains ${code}, which nothing makes; remove it`),
  ].sort();
}
