import { Script } from "node:vm";
import { liveScript, style } from "../../console";

type Palette = Record<string, string>;

function palettes(): { light: Palette; dark: Palette } {
  const blocks = [...style.matchAll(/:root \{(?<body>[^}]*)\}/g)].map(({ groups }) => groups?.["body"] ?? "");
  const [light = {}, dark = {}] = blocks.map((body) =>
    Object.fromEntries(
      [...body.matchAll(/--(?<name>[\w-]+): (?<value>#\w{6})/g)].map(({ groups }) => [
        groups?.["name"],
        groups?.["value"],
      ]),
    ),
  );
  return { light, dark };
}

/** WCAG 2.2's relative luminance and contrast ratio of two #rrggbb colours. */
function contrast(a = "", b = ""): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const texts: [string, string][] = [
  ["ink", "page"],
  ["ink", "card"],
  ["quiet", "page"],
  ["quiet", "card"],
  ["accent", "card"],
  ["accent", "page"],
  ["on-accent", "accent"],
  ["accent", "accent-soft"],
  ["ok", "ok-soft"],
  ["bad", "bad-soft"],
  ["warn", "warn-soft"],
  ["unknown", "unknown-soft"],
];

test.each(["light", "dark"] as const)(
  "is readable in %s: 4.5 for text, 3 for the edges of fields",
  (scheme) => {
    const palette = palettes()[scheme];
    const poor = texts.filter(([front, back]) => !(contrast(palette[front], palette[back]) >= 4.5));
    expect(poor).toEqual([]);
    expect(contrast(palette["edge"], palette["card"])).toBeGreaterThanOrEqual(3);
  },
);

test("knows the contrast of black on white", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21);
});

test("fetches nothing from anywhere", () => {
  expect(style).not.toMatch(/url\(|@import|@font-face|https?:/);
});

test("moves nothing for readers who asked for less motion", () => {
  const outside = style.replace(/@media \(prefers-reduced-motion: no-preference\) \{[^}]*\}\s*\}/, "");
  expect(outside).not.toMatch(/animation|transition|scroll-behavior/);
});

test("sends a live script that compiles and uses no HTML sink", () => {
  expect(() => new Script(liveScript)).not.toThrow();
  expect(liveScript).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval|new Function/,
  );
  // Bundlers and instrumentation add calls to helpers that the browser would not have.
  expect(liveScript).not.toMatch(/__name|cov_|require\(|exports\./);
});
