/** Texts that want to be more than text, for every sink that a message goes through (S-11). */
const traps = [
  // HTML
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</p></body><a href=https://evil.test>Approve</a>",
  "<!--",
  "-->",
  "<![CDATA[",
  "&lt;b&gt;",
  "&#60;b&#62;",
  "&amp;lt;",
  "<style>*{display:none}</style>",
  '<a href="https://switchover.test.evil.test">https://switchover.test/gates/abc</a>',
  // Slack
  "<!channel>",
  "<!here|here>",
  "<!everyone>",
  "<@U012AB3CD>",
  "<#C012AB3CD|general>",
  "<!subteam^S012>",
  "<https://evil.test|https://switchover.test/gates/abc>",
  "<mailto:eve@evil.test|Ann>",
  "<!date^1392734382^{date}^https://evil.test|now>",
  "@channel",
  ":rotating_light:",
  "```",
  "*bold*",
  // Teams
  "[Approve](https://evil.test)",
  "![x](https://evil.test/x.png)",
  "<at>Ann Nowak</at>",
  "**bold** _it_ `code`",
  "{{DATE(2017-02-14T06:00:00Z, SHORT)}}",
  "{{{TIME(2017-02-14T06:00:00Z)}}}",
  "${$root.url}",
  "@{triggerBody()}",
  "[1]: https://evil.test",
  "<https://evil.test>",
  "- item\r- item",
  "1. one\r2. two",
  // Headers and SMTP
  "\r\nBcc: eve@evil.test",
  "\nSubject: all is well",
  "\r\n\r\n<html>",
  "\r\n.\r\nMAIL FROM:<eve@evil.test>\r\n",
  "\n.\n",
  "\r.\r",
  "\r\n.\n",
  "=?utf-8?B?QmNjOiBldmVAZXZpbC50ZXN0?=",
  "?=\r\n =?utf-8?Q?=0D=0ABcc:_eve?=",
  "=0D=0ABcc: eve",
  "\r\n--_Part_1\r\nContent-Type: text/html\r\n\r\n<b>",
  "a@b.test, eve@evil.test",
  '"Ann" <eve@evil.test>',
  // Terminals and logs
  "\u001b[31mred\u001b[0m",
  "\u001b]8;;https://evil.test\u0007Approve\u001b]8;;\u0007",
  "\u009b2J",
  "\u001bc",
  "\b\b\b",
  "\u0007",
  "\u0000",
  '"}\n{"to":"bo"',
  "\\u001b[2J",
  "\u0085next",
  "\u2028line",
  "\u2029paragraph",
  "\u000b\u000c",
  // Text that reads differently from what it is
  "\u202egnp.exe",
  "\u200fabc\u200e",
  "\u2066x\u2069",
  "\u061c",
  "pa\u200bypal",
  "a\ufeffb",
  "a\u00adb",
  "\u{e0041}\u{e0042}",
  "ﷺ",
  "Z\u0361\u0324a\u0337",
  "\ud800",
  "\udfff",
  "\ufffe",
  "🏴‍☠️",
  "мой.test",
  // CSV and shells
  "=cmd|' /C calc'!A1",
  "+1+1",
  "-1",
  "@SUM(1)",
  "\t=1",
  "; rm -rf /",
  "$(id)",
  "`id`",
  "%0d%0aBcc:",
  "../../etc/passwd",
  // JSON and prototypes
  "__proto__",
  "constructor",
  '{"text":"x"}',
  "\\",
  '\\"',
  "null",
  "",
];

/** Seeded: the same texts at every run. Pieces of the traps, stuck together, some of them very long. */
export function hostileTexts(count: number, seed = 1): string[] {
  const random = mulberry32(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const piece = () => {
    const trap = traps[below(traps.length)] ?? "";
    if (random() < 0.2) return String.fromCharCode(below(0x10000));
    if (random() < 0.2) return String.fromCharCode(below(0xa0)).repeat(1 + below(4));
    return random() < 0.2 ? trap.slice(below(trap.length)) : trap;
  };
  const made = Array.from({ length: Math.max(0, count - traps.length) }, () => {
    const text = Array.from({ length: 1 + below(6) }, piece).join(random() < 0.5 ? " " : "");
    return random() < 0.02 ? text.repeat(400) : text;
  });
  return [...traps, ...made].slice(0, count);
}

/** Tommy Ettinger's Mulberry32: one 32-bit state, good enough to shuffle traps. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
