import { escapeHtml } from "../shared/escape-html";

const markup: unique symbol = Symbol("markup");

/** Finished markup. Only `html` makes it: the symbol can't come out of JSON, so data never passes for markup. */
export type Html = { readonly [markup]: string };

/** What may stand in a template. Text is escaped, arrays are joined, "nothing" is nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * A fragment of a page. Whatever is put in is text, unless it is a fragment itself. Attributes must be
 * quoted in the template: the escaping covers both quotes, but no unquoted value.
 */
export function html(parts: TemplateStringsArray, ...values: Content[]): Html {
  return { [markup]: parts.map((part, i) => part + textOf(values[i])).join("") };
}

/** The fragment as text, for the wire. */
export function render(fragment: Html): string {
  return fragment[markup];
}

function textOf(value: Content): string {
  if (value === null || value === undefined || value === false) return "";
  if (typeof value === "string") return escapeHtml(reveal(value));
  if (typeof value === "number") return String(value);
  if (isList(value)) return value.map(textOf).join("");
  return value[markup];
}

function isList(value: Html | readonly Content[]): value is readonly Content[] {
  return Array.isArray(value);
}

/**
 * Characters that can't be seen but change how text reads (a right-to-left override makes one address
 * look like another) are written out: what people approve must be what they see. Joiners that scripts
 * and emoji need (U+200C, U+200D) and white space stay.
 */
function reveal(text: string): string {
  return text.replace(/(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}]/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  });
}
