import { samplePages } from "../../console/sample-pages";
import { requirePart } from "../required";
import { CHROMIUM, openBrowser, type Browser } from "./browser";
import { openConsoleSite, page, type Site } from "./site";
import { openTab, type Tab } from "./tab";

/** A small phone, a phone, 1280 at 200 % zoom, a desktop; and 320, which is 1280 at the 400 % of WCAG 1.4.10. */
const WIDTHS = [320, 360, 390, 640, 1280];

const suite = requirePart("the pages in a browser", CHROMIUM, "chromium") ? describe : describe.skip;

suite("in a browser", () => {
  let browser: Browser;
  let site: Site;
  let tab: Tab;
  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), openConsoleSite()]);
    for (const [name, body] of Object.entries(samplePages())) site.answers.set(`/${name}`, page(body));
  });
  afterAll(async () => {
    await Promise.all([browser.close(), site.close()]);
  });
  beforeEach(async () => {
    tab = await openTab(browser);
  });
  afterEach(async () => {
    await tab.close();
  });

  test.each(Object.keys(samplePages()))(
    "%s fits every width, in both colour schemes, and nothing is blocked",
    async (name) => {
      await tab.open(`${site.url}/${name}`);
      for (const dark of [false, true]) {
        for (const width of WIDTHS) {
          await tab.look({ width, height: width < 500 ? 844 : 900, dark });
          expect([width, await tab.ask("document.documentElement.scrollWidth <= innerWidth")]).toEqual([
            width,
            true,
          ]);
          if (width === 390 || width === 1280)
            await tab.picture(`${name}-${width}-${dark ? "dark" : "light"}`);
        }
        expect(await tab.ask("getComputedStyle(document.body).backgroundColor")).toBe(
          dark ? "rgb(15, 18, 22)" : "rgb(245, 246, 248)",
        );
      }
      expect(tab.complaints()).toEqual([]);
    },
  );

  test.each(Object.keys(samplePages()))("%s has a name for every control", async (name) => {
    await tab.open(`${site.url}/${name}`);
    const controls = await tab.controls();
    expect(controls.length).toBeGreaterThan(0);
    expect(controls.filter((one) => one.name.trim() === "")).toEqual([]);
  });

  test("every thing to press is at least 24 pixels high, and the two votes 48", async () => {
    await tab.look({ width: 390, height: 844 });
    await tab.open(`${site.url}/gate`);
    const heights = await tab.ask<number[]>(
      "[...document.querySelectorAll('button, input:not([type=hidden])')].map((one) => one.getBoundingClientRect().height)",
    );
    expect(heights).toHaveLength(6);
    for (const height of heights) expect(height).toBeGreaterThanOrEqual(48);
  });

  test("the first screen of a phone says what is down, since when, how long there is, and what will happen", async () => {
    await tab.look({ width: 390, height: 844 });
    await tab.open(`${site.url}/gate`);
    const ends = await tab.ask<number[]>(
      "['.facts', '.jump', '.steps .new'].map((one) => document.querySelector(one).getBoundingClientRect().bottom)",
    );
    for (const end of ends) expect(end).toBeLessThanOrEqual(844);
  });

  test("scrolls smoothly only for readers who don't mind", async () => {
    await tab.open(`${site.url}/gate`);
    const scrolling = () => tab.ask("getComputedStyle(document.documentElement).scrollBehavior");
    await tab.look({ width: 1280, reducedMotion: true });
    expect(await scrolling()).toBe("auto");
    await tab.look({ width: 1280 });
    expect(await scrolling()).toBe("smooth");
  });

  test("a problem has the focus on its field", async () => {
    await tab.open(`${site.url}/gate-wrong-code`);
    await tab.until("document.activeElement.id === 'code'", "the code has the focus");
  });

  test("an inline script would be blocked, and noticed here", async () => {
    site.answers.set(
      "/inline",
      page("<!doctype html><title>x</title><script>document.title = 'ran'</script>"),
    );
    await tab.open(`${site.url}/inline`);
    expect(await tab.ask("document.title")).toBe("x");
    const deadline = Date.now() + 15_000;
    while (tab.complaints().length === 0 && Date.now() < deadline) await tab.ask("0");
    expect(tab.complaints().join()).toContain("Content Security Policy");
  });
});
