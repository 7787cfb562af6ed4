import { escapeHtml } from "../../shared/escape-html";
import type { Notice } from "./channel";

/** The two parts of a mail, from the same data. The only link is ours; a text is never markup. */

export function mailText({ text, link, incident }: Notice): string {
  const lines = [text, ...(link === undefined ? [] : [link]), ...footer(incident)];
  return `${lines.join("\n\n")}\n`;
}

export function mailHtml({ text, link, incident }: Notice): string {
  const opening = link === undefined ? "" : `<p><a href="${escapeHtml(link)}">Open Switchover</a></p>\n`;
  const closing = footer(incident).map((line) => `<p><small>${escapeHtml(line)}</small></p>\n`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Switchover</title></head>
<body>
<p>${escapeHtml(text)}</p>
${opening}${closing.join("")}</body></html>
`;
}

function footer(incident: string | undefined): string[] {
  return incident === undefined ? [] : [`Incident ${incident}`];
}
