import { consolePage, type ConsoleView } from "../../../console";
import { sampleConsole, sampleIncident } from "../../console/samples";
import { requirePart } from "../required";
import { CHROMIUM, openBrowser, type Browser } from "./browser";
import { openConsoleSite, page, type Site } from "./site";
import { openTab, type Tab } from "./tab";

const suite = requirePart("the live console", CHROMIUM, "chromium") ? describe : describe.skip;

suite("the live console", () => {
  let browser: Browser;
  let site: Site;
  let tab: Tab;
  const show = (change: Partial<ConsoleView>) =>
    site.answers.set("/", page(consolePage({ ...sampleConsole(), ...change })));
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    site = await openConsoleSite();
    show({});
    tab = await openTab(browser);
    await tab.look({ width: 1280 });
    await tab.open(`${site.url}/`);
  });
  afterEach(async () => {
    await Promise.all([tab.close(), site.close()]);
  });

  test("shows what is new without a reload, and keeps what the reader is doing", async () => {
    await tab.ask(
      "document.querySelector('#stop-reason').focus(); document.querySelector('details').open = true; window.stayed = true",
    );
    await tab.type("half a rea");
    const timeline = [
      ...sampleIncident().timeline,
      { at: "2027-03-14T02:15:00.000Z", stage: "gate", says: "Approved <b>by</b> bo.", by: "bo" },
    ];
    show({ open: [{ ...sampleIncident(), state: "executing", timeline }], now: "2027-03-14T02:15:02.000Z" });
    await tab.until(
      "document.querySelector('.card header').textContent.includes('Executing the plan')",
      "the new state is shown",
    );
    await tab.until(
      "document.querySelector('#open-0-latest ~ ol li').textContent.includes('Approved <b>by</b> bo.')",
      "the new sentence is shown, as text",
    );
    expect(await tab.ask("document.querySelectorAll('#open-0-latest ~ ol b').length")).toBe(0);
    expect(
      await tab.ask(
        "[window.stayed, document.activeElement.id, document.activeElement.value, document.querySelector('details').open]",
      ),
    ).toEqual([true, "stop-reason", "half a rea", true]);
    expect(tab.complaints()).toEqual([]);
  });

  test("follows from an incident to a calm night, the tab's title too", async () => {
    show({ open: [], systems: [], lastLookAt: null });
    await tab.until(
      "document.querySelector('h1').textContent === 'Nobody has looked yet'",
      "the headline changes",
    );
    await tab.until("document.title.startsWith('Nobody has looked yet')", "the title changes");
    expect(await tab.ask("document.querySelectorAll('article').length")).toBe(0);
    expect(tab.complaints()).toEqual([]);
  });

  test("replaces a link that leads elsewhere, so that nobody presses one that changed under the finger", async () => {
    await tab.ask("window.link = document.querySelector('article a')");
    show({ open: [{ ...sampleIncident(), id: "inc-other" }] });
    await tab.until(
      "document.querySelector('article a').getAttribute('href') === '/incidents/inc-other'",
      "the link is new",
    );
    expect(await tab.ask("[window.link.isConnected, window.link.getAttribute('href')]")).toEqual([
      false,
      "/incidents/inc-7k2m9x4q",
    ]);
  });

  test("says that it is old when the console no longer answers, and stops saying it", async () => {
    site.answers.delete("/");
    await tab.until(
      "document.querySelector('#live').textContent.startsWith('Not updated since 02:14:30 UTC')",
      "the warning",
    );
    expect(await tab.ask("getComputedStyle(document.querySelector('#live')).position")).toBe("fixed");
    await tab.picture("console-stale-1280-light");
    show({});
    await tab.until("document.querySelector('#live').textContent === ''", "the warning goes");
  });

  test("adds the reader's own time", async () => {
    await tab.until(
      "document.querySelector('#as-of .zone').textContent.endsWith('your time')",
      "the local time",
    );
    expect(await tab.ask("[...document.querySelectorAll('time')].every((one) => one.title !== '')")).toBe(
      true,
    );
  });
});
