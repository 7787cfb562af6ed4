import { mailHtml } from "../../../adapters/pager/mail-body";
import { noticeOf } from "../../../adapters/pager/notice";
import { hostileTexts } from "../../adapters/pager/hostile";
import { CHROMIUM, openBrowser, type Browser } from "../console/browser";
import { openTab, type Tab } from "../console/tab";
import { requirePart } from "../required";

const suite = requirePart("mails in a browser", CHROMIUM, "chromium") ? describe : describe.skip;
const LINK = "https://switchover.test/gates/abc";
const BATCH = 500;

/** What a page's own parser makes of a mail: its elements and attributes, and what each text node says. */
const READ = `(mails) => mails.map((html) => {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const elements = [...body.querySelectorAll("*")].map((one) =>
    [one.localName, ...[...one.attributes].map(({ name, value }) => name + "=" + value)].join(" "));
  const first = body.querySelector("p");
  return { elements, nodes: first.childNodes.length, type: first.firstChild.nodeType, text: first.textContent };
})`;

suite("a mail's HTML part, as a browser reads it", () => {
  let browser: Browser;
  let tab: Tab;
  beforeAll(async () => {
    browser = await openBrowser();
    tab = await openTab(browser);
  });
  afterAll(async () => {
    await tab.close();
    await browser.close();
  });

  it("has one text node for each of 10,000 hostile texts, no element of theirs, and no link but ours", async () => {
    const notices = hostileTexts(10_000).map((text) =>
      noticeOf("ann", { text, link: LINK, incident: `inc ${text.slice(0, 50)}` }, "https://switchover.test"),
    );
    for (let at = 0; at < notices.length; at += BATCH) {
      const batch = notices.slice(at, at + BATCH);
      const read = await tab.ask(`(${READ})(${JSON.stringify(batch.map(mailHtml))})`);
      expect(read).toEqual(
        batch.map(({ text }) => ({
          elements: ["p", "p", `a href=${LINK}`, "p", "small"],
          nodes: 1,
          type: 3,
          text,
        })),
      );
    }
    expect(tab.complaints()).toEqual([]);
  });
});
