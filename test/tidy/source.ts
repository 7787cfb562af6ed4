/**
 * A source file, seen as much as the tidy rules need: `code` is the text with the insides of comments,
 * strings, templates and regular expressions blanked out, so that what is only talked about is not found.
 * Same length, same lines: a place in one is the same place in the other.
 */
export type Source = { file: string; text: string; code: string };

export function sourceOf(file: string, text: string): Source {
  return { file, text, code: blank(text) };
}

export function lineAt({ text }: Source, place: number): number {
  return text.slice(0, place).split("\n").length;
}

/** An import, export-from, `require` or `import()`. `lazy` ones run when a function is called. */
export type Import = { from: string; kind: "value" | "type" | "lazy"; place: number };

const STATIC = /(?<![.\w$])(import|export)\s+(type\s+)?([\w$*{},\s]*?)\s*(?:\bfrom\s*)?(["'])/g;
const LAZY = /(?<![.\w$])(typeof\s+)?(import|require)\s*\(\s*(["'])/g;

export function importsOf({ text, code }: Source): Import[] {
  const specifier = (open: number, quote: string) => text.slice(open + 1, code.indexOf(quote, open + 1));
  const stated = Array.from(code.matchAll(STATIC), (match): Import => {
    const [all, , type, clause = "", quote = ""] = match;
    const names = clause
      .replace(/^.*\{|\}.*$/gs, "")
      .split(",")
      .filter((name) => name.trim() !== "");
    // `import { type A, type B }` brings in nothing either.
    const onlyTypes =
      clause.trim().startsWith("{") && names.length > 0 && names.every((name) => /^\s*type\s/.test(name));
    const from = specifier(match.index + all.length - 1, quote);
    return { from, kind: type !== undefined || onlyTypes ? "type" : "value", place: match.index };
  });
  const called = Array.from(code.matchAll(LAZY), (match): Import => {
    const [all, isType, , quote = ""] = match;
    return {
      from: specifier(match.index + all.length - 1, quote),
      kind: isType ? "type" : "lazy",
      place: match.index,
    };
  });
  return [...stated, ...called];
}

/** After these a slash begins a regular expression; after anything else it divides. */
const BEFORE_REGEX =
  /(?:^|[=(,:[!&|?{};+\-*%~^<>]|=>|\b(?:return|typeof|case|in|of|delete|void|throw|yield|await|else|do))\s*$/;

const TOKEN = {
  line: /\/\/[^\n]*/y,
  block: /\/\*[\s\S]*?(?:\*\/|$)/y,
  string: /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/y,
  regex: /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//y,
};

function blank(text: string): string {
  let code = "";
  /** For each template that is open: how many braces are open inside its `${}`. */
  const templates: number[] = [];
  const take = (token: RegExp): string | undefined => {
    token.lastIndex = code.length;
    return token.exec(text)?.[0];
  };
  while (code.length < text.length) {
    const next = text[code.length] ?? "";
    const comment = take(TOKEN.line) ?? take(TOKEN.block);
    const string = take(TOKEN.string);
    const regex = next === "/" && BEFORE_REGEX.test(code.slice(-40)) ? take(TOKEN.regex) : undefined;
    if (comment !== undefined) code += spaces(comment);
    else if (string !== undefined) code += emptied(string);
    else if (regex !== undefined) code += emptied(regex);
    else if (next === "`") code += template(text, code.length, templates);
    else if (next === "}" && templates.at(-1) === 0) {
      templates.pop();
      code += template(text, code.length, templates);
    } else {
      if (next === "{" && templates.length > 0) templates.push((templates.pop() ?? 0) + 1);
      if (next === "}" && templates.length > 0) templates.push((templates.pop() ?? 0) - 1);
      code += next;
    }
  }
  return code;
}

/** From a backtick, or the brace that closes a `${}`, to the next `${` or the closing backtick. */
function template(text: string, from: number, templates: number[]): string {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "`") return emptied(text.slice(from, at + 1));
    else if (text[at] === "$" && text[at + 1] === "{") {
      templates.push(0);
      return `${text[from]}${spaces(text.slice(from + 1, at))}\${`;
    }
  }
  return spaces(text.slice(from));
}

function emptied(quoted: string): string {
  if (quoted.length < 2) return quoted;
  return `${quoted[0]}${spaces(quoted.slice(1, -1))}${quoted.at(-1)}`;
}

function spaces(text: string): string {
  return text.replace(/[^\n]/g, " ");
}
