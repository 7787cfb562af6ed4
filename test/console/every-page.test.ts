import { scriptPath, securityHeaders, stylePath } from "../../console";
import { tagsOf, textInside, type Tag } from "./markup";
import { samplePages } from "./sample-pages";

describe.each(Object.entries(samplePages()))("%s", (name, page) => {
  const tags = tagsOf(page);
  const all = (tag: string) => tags.filter((one) => one.name === tag && !one.closes);
  const ids = tags.flatMap((one) => one.attributes.get("id") ?? []);

  test("has no inline script or style, and loads only its own files", () => {
    expect(all("style")).toEqual([]);
    expect(
      tags.filter((one) => [...one.attributes.keys()].some((key) => key === "style" || key.startsWith("on"))),
    ).toEqual([]);
    const scripts = all("script").map((one) => one.attributes.get("src"));
    expect(scripts).toEqual(name.startsWith("console") || name.startsWith("incident") ? [scriptPath] : []);
    expect(all("script").map((one) => one.text)).toEqual(scripts.map(() => ""));
    expect(all("link").map((one) => one.attributes.get("href")?.replace(/^data:.*/, "data:"))).toEqual([
      "data:",
      stylePath,
    ]);
  });

  test("is under 100 kB, an approval under 30 kB", () => {
    expect(Buffer.byteLength(page)).toBeLessThan(
      name.startsWith("gate") || name === "gone" ? 30_000 : 100_000,
    );
  });

  test("names its language, title and landmarks, and has one h1", () => {
    expect(all("html").map((one) => one.attributes.get("lang"))).toEqual(["en"]);
    expect(all("title")[0]?.text).toMatch(/\S/);
    for (const landmark of ["main", "header", "footer"])
      expect(all(landmark).length).toBeGreaterThanOrEqual(1);
    expect(all("main")).toHaveLength(1);
    expect(all("h1")).toHaveLength(1);
  });

  test("skips no level of heading", () => {
    const levels = tags
      .filter((one) => /^h[1-6]$/.test(one.name) && !one.closes)
      .map((one) => Number(one.name[1]));
    for (const [i, level] of levels.entries()) {
      const before = levels.slice(0, i).at(-1);
      if (before !== undefined) expect(level).toBeLessThanOrEqual(before + 1);
    }
  });

  test("uses each id once, and points only at ids that exist", () => {
    expect(ids).toEqual([...new Set(ids)]);
    const pointers = ["aria-labelledby", "aria-describedby", "for"];
    const pointed = tags.flatMap((one) =>
      pointers.flatMap((key) => one.attributes.get(key)?.split(" ") ?? []),
    );
    const anchors = all("a").flatMap(
      (one) => /^\/?#(?<id>.+)$/.exec(one.attributes.get("href") ?? "")?.groups?.["id"] ?? [],
    );
    // The way to the stop is on every page of the console, and the stop is on one.
    const elsewhere = name.startsWith("incident") ? ["stop"] : [];
    expect([...pointed, ...anchors].filter((id) => !ids.includes(id))).toEqual(elsewhere);
  });

  test("gives every field a label and every button and link words", () => {
    const labels = all("label").map((one) => one.attributes.get("for"));
    for (const field of all("input").filter(visible)) expect(labels).toContain(field.attributes.get("id"));
    for (const [i, one] of tags.entries()) {
      if ((one.name === "button" || one.name === "a") && !one.closes)
        expect(textInside(tags, i)).toMatch(/\p{L}/u);
    }
  });

  test("never leaves a state to colour: each chip has a hidden drawing and a word", () => {
    for (const drawing of all("svg")) expect(drawing.attributes.get("aria-hidden")).toBe("true");
    for (const [i, one] of tags.entries()) {
      if (one.attributes.get("class")?.startsWith("chip "))
        expect([tags[i + 1]?.name, /\p{L}/u.test(textInside(tags, i))]).toEqual(["svg", true]);
    }
  });
});

test("sends the headers of S-16, in ASCII", () => {
  const headers = securityHeaders();
  expect(headers["Content-Security-Policy"]).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  );
  expect(headers).toMatchObject({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
  });
  for (const line of Object.entries(headers).flat()) expect(line).toMatch(/^[\x20-\x7e]+$/);
});

function visible(field: Tag): boolean {
  return field.attributes.get("type") !== "hidden";
}
