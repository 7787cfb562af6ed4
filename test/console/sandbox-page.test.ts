import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { sandboxPage, sandboxPageScript, sandboxPageStyle } from "../../sandbox/page";

const browserCode = join(__dirname, "../../sandbox/page/browser");

test("the page has no inline script or style, and loads only its own two files", () => {
  const page = sandboxPage();
  expect(page).not.toMatch(/<style| style=| on\w+=/);
  expect([...page.matchAll(/(?:src|href)="(?<to>[^"]*)"/g)].map(({ groups }) => groups?.["to"])).toEqual([
    "data:,",
    "/page.css",
    "/page.js",
    "#main",
    "http://127.0.0.1:7071/",
  ]);
  expect(page.match(/<script[^>]*>[^<]/)).toBeNull();
  expect(page.match(/<h1/g)).toHaveLength(1);
});

test("the script compiles, and puts nothing in as HTML", () => {
  expect(() => new Script(sandboxPageScript())).not.toThrow();
  expect(sandboxPageScript()).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|eval|new Function/,
  );
  expect(sandboxPageScript()).not.toMatch(/__name|cov_|require\(|exports\./);
});

test("every function that the browser code counts on is sent", () => {
  const sources = readdirSync(browserCode).map((file) => readFileSync(join(browserCode, file), "utf8"));
  const wanted = sources.flatMap((source) => [
    ...source.matchAll(/(?:declare const|export (?:async )?function) (?<name>\w+)/g),
  ]);
  const names = new Set(wanted.map(({ groups }) => groups?.["name"] ?? ""));
  expect(names.size).toBeGreaterThan(10);
  for (const name of names) expect(sandboxPageScript()).toContain(`function ${name}(`);
});

test("the style fetches nothing and moves nothing", () => {
  expect(sandboxPageStyle()).not.toMatch(/url\(|@import|https?:|animation|transition/);
});
