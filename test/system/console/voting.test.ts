import { gatePage } from "../../../console";
import { HASH, sampleGateView, TOKEN } from "../../console/samples";
import { requirePart } from "../required";
import { CHROMIUM, openBrowser, type Browser } from "./browser";
import { openConsoleSite, page, type Site } from "./site";
import { openTab, type Tab } from "./tab";

const suite = requirePart("voting by keyboard", CHROMIUM, "chromium") ? describe : describe.skip;

suite("voting by keyboard", () => {
  let browser: Browser;
  let site: Site;
  let tab: Tab;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
  });
  beforeEach(async () => {
    site = await openConsoleSite();
    site.answers.set(
      "/gate",
      page(gatePage({ ...sampleGateView(), approveUrl: "/gate/approve", rejectUrl: "/gate/reject" })),
    );
    tab = await openTab(browser);
    await tab.look({ width: 390, height: 844 });
    await tab.open(`${site.url}/gate`);
  });
  afterEach(async () => {
    await Promise.all([tab.close(), site.close()]);
  });

  /** Presses Tab until the wanted element has the focus; what was passed is returned. */
  async function tabTo(id: string): Promise<string[]> {
    const passed: string[] = [];
    while (passed.length < 20) {
      await tab.press("Tab");
      const at = await tab.ask<string>(
        "document.activeElement.id || document.activeElement.textContent.trim()",
      );
      passed.push(at);
      if (at === id) return passed;
    }
    throw new Error(`never came to ${id}: ${passed.join(", ")}`);
  }

  test("reaches the code, the approval, the other proofs, the reason and the rejection in this order, and shows where it is", async () => {
    expect(await tabTo("Reject")).toEqual([
      "Skip to the content",
      "who was asked",
      "Approve or reject",
      "code",
      "Approve",
      "No phone at hand?",
      "reason",
      "Reject",
    ]);
    expect(await tab.ask("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
  });

  test("posts the code with the form's token and the plan's hash", async () => {
    await tabTo("code");
    await tab.type("123456");
    await tab.press("Enter");
    await tab.until("location.pathname === '/gate/approve'", "the form is sent");
    expect(site.posted).toMatchObject([{ method: "POST", path: "/gate/approve" }]);
    const [post] = site.posted;
    expect(post?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(post?.headers["content-length"]).toBe(String(post?.body.length));
    expect(post?.headers["sec-fetch-site"]).toBe("same-origin");
    // What `no-referrer` does to our own forms: whoever judges a POST can't go by its Origin.
    expect(post?.headers.origin).toBe("null");
    expect(post?.headers.referer).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(post?.body))).toEqual({
      form: TOKEN,
      plan: HASH,
      code: "123456",
    });
    expect(tab.complaints()).toEqual([]);
  });

  test("posts the reason of a rejection", async () => {
    await tabTo("reason");
    await tab.type("lb-1 is <back> & well");
    await tab.press("Enter");
    await tab.until("location.pathname === '/gate/reject'", "the form is sent");
    expect(Object.fromEntries(new URLSearchParams(site.posted[0]?.body))).toEqual({
      form: TOKEN,
      plan: HASH,
      reason: "lb-1 is <back> & well",
    });
  });

  test.each(["", "12345", "12345a", "1234567"])("sends no code that can't be one: %j", async (code) => {
    await tabTo("code");
    if (code !== "") await tab.type(code);
    await tab.press("Enter");
    expect(await tab.ask("document.querySelector('form.approve').checkValidity()")).toBe(false);
    expect(await tab.ask("location.pathname")).toBe("/gate");
    expect(site.posted).toEqual([]);
  });
});
