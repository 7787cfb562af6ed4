/** Line breaks and tabs of every kind; one space stands for a run of them and the blanks around. */
const BREAKS = /[ \u00a0]*[\t\n\v\f\r\u0085\u2028\u2029]+[\s\u0085]*/gu;
/**
 * Controls (ESC starts a terminal sequence), and characters that reorder or hide text on a page: a
 * plugin output that reads backwards must not change what an approver believes to see.
 */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
/** Half a surrogate pair alone: not Unicode, and some stores refuse the whole text for it. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/**
 * Text of a stranger, made fit to be kept and shown: one line, no controls, `limit` UTF-16 units at
 * most (the last one is then an ellipsis). It is still data: whoever shows it escapes it.
 */
export function cleanText(text: string, limit: number): string {
  const clean = text.replace(BREAKS, " ").replace(HIDDEN, "").replace(LONE_SURROGATE, "\ufffd").trim();
  if (clean.length <= limit) return clean;
  return `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
