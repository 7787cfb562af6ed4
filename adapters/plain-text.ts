/**
 * Text from outside, made safe to show: no control characters (a forged log line, an ANSI escape), no
 * bidirectional overrides (text that reads differently from what it is), and no more than `limit` characters.
 */
export function plainText(text: string, limit: number): string {
  const plain = text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
  if (plain.length <= limit) return plain;
  return `${plain.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
