/**
 * A URL that may stand in `href` or `action`: a path of ours, or http(s). Escaping alone doesn't stop
 * `javascript:`. Anything else leads to `about:invalid`, where a press does nothing.
 */
export function safeUrl(text: string): string {
  if (/^\/(?![/\\])/.test(text)) return text;
  const scheme = URL.parse(text)?.protocol;
  return scheme === "https:" || scheme === "http:" ? text : "about:invalid";
}

/** Half a surrogate pair would make `encodeURIComponent` throw, and one bad id must not take the console down. */
export function incidentUrl(id: string): string {
  return `/incidents/${encodeURIComponent(id.replace(/\p{Surrogate}/gu, ""))}`;
}
