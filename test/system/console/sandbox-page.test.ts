import { sandboxPage, sandboxPageScript, sandboxPageStyle } from "../../../sandbox/page";
import type { FaultView, Phone, Truth } from "../../../sandbox/types";
import { requirePart } from "../required";
import { CHROMIUM, openBrowser, type Browser } from "./browser";
import { json, openSite, page, type Site } from "./site";
import { openTab, type Tab } from "./tab";

const suite = requirePart("the sandbox's page in a browser", CHROMIUM, "chromium") ? describe : describe.skip;

const HOSTILE = "<img src=x onerror=alert(1)> <b>Approve</b>\nsecond line";
const truth: Truth = {
  records: [{ id: "r1", type: "A", name: "shop.example.com", content: "127.77.1.10", proxied: true, ttl: 1 }],
  securityLevel: "medium",
  servers: [
    { balancer: "lb-1", name: "api-main", status: "UP", backup: false, errors: 0, sessions: 1 },
    { balancer: "lb-1", name: "api-backup", status: "UP", backup: true, errors: 0, sessions: 0 },
  ],
  customers: { ok: 10, failed: 0, since: "2027-03-14T02:00:00.000Z", lastAnsweredBy: "api-main", streak: 10 },
};
const fault = (name: string, system: FaultView["system"], ways: string[], active = false): FaultView => ({
  name,
  system,
  ways,
  active,
  way: active ? (ways[0] ?? null) : null,
});
const faults = [
  fault("api-server-sick", "api-servers", ["errors", "slow"]),
  fault("api-server-down", "api-servers", ["killed", "hung"]),
  fault("balancer-host-down", "load-balancer", ["killed", "dropped"]),
  fault("edge-down", "cloudflare", ["errors", "dropped"]),
  fault("dns-wrong-records", "dns", ["typo", "unproxied"]),
];
const phones: Phone[] = [
  {
    person: "ann",
    role: "on-call",
    code: "123456",
    messages: [
      {
        at: "2027-03-14T02:08:40.000Z",
        text: "lb-1 is gone. Approve plan 9f2c41d07ab3?",
        link: "http://127.0.0.1:7071/gates/inc-7k2m9x4q/t0k3n",
      },
      { at: "2027-03-14T02:09:00.000Z", text: HOSTILE, link: "javascript:alert(1)" },
    ],
  },
  { person: "bo", role: "manager", code: "654321", messages: [] },
  { person: "cy", role: "developer", code: "000111", messages: [] },
];

suite("the sandbox's page", () => {
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
    site = await openSite({});
    site.answers.set("/", page(sandboxPage()));
    site.answers.set("/page.js", { type: "text/javascript", body: sandboxPageScript() });
    site.answers.set("/page.css", { type: "text/css", body: sandboxPageStyle() });
    site.answers.set("/company", json({ console: "http://127.0.0.1:7099/" }));
    site.answers.set("/truth", json(truth));
    site.answers.set("/faults", json(faults));
    site.answers.set("/phones", json(phones));
    tab = await openTab(browser);
    await tab.look({ width: 1280 });
    await tab.open(`${site.url}/`);
    await tab.until("document.querySelectorAll('.phone').length === 3", "the phones are drawn");
  });
  afterEach(async () => {
    await Promise.all([tab.close(), site.close()]);
  });

  /** As if a second had passed for the customers. */
  const customers = (change: Partial<Truth["customers"]>) =>
    site.answers.set("/truth", json({ ...truth, customers: { ...truth.customers, ...change } }));

  test("shows the company, its customers and its people", async () => {
    const text = await tab.ask<string>("document.body.innerText");
    for (const part of [
      "✓ Served",
      "api-main",
      "shop.example.com is 127.77.1.10",
      "In the way",
      "api-backup (backup): UP at lb-1",
      "123 456",
      "Edge down",
    ]) {
      expect(text).toContain(part);
    }
    expect(await tab.ask("document.querySelector('#console').href")).toBe("http://127.0.0.1:7099/");
  });

  test("draws a square for each second that served or failed customers", async () => {
    customers({ ok: 11 });
    await tab.until("document.querySelectorAll('#strip .ok').length === 1", "a green square");
    customers({ ok: 11, failed: 1, streak: -1 });
    await tab.until("document.querySelectorAll('#strip .bad').length === 1", "a red square");
    expect(await tab.ask("document.querySelector('#customers').textContent")).toBe(
      "✗ FailingCustomers get no good answer.",
    );
    expect(await tab.ask("document.querySelector('#strip').textContent")).toBe("✓✗");
  });

  test("breaks a part in the chosen way, and heals it when pressed again", async () => {
    const row = "document.querySelector('[data-fault=api-server-sick]')";
    await tab.ask(`${row}.querySelector('select').value = 'slow'; ${row}.querySelector('button').click()`);
    const broken = faults.map((one) =>
      one.name === "api-server-sick" ? fault(one.name, one.system, one.ways, true) : one,
    );
    site.answers.set("/faults", json(broken));
    await tab.until(`${row}.textContent.includes('✗ Broken (errors): heal it')`, "the button offers to heal");
    await tab.until(
      "document.querySelector('#chain').textContent.includes('✗ BrokenAPI server sick')",
      "the chain shows it",
    );
    await tab.ask(`${row}.querySelector('button').click()`);
    await tab.ask("document.querySelector('#reset').click()");
    await tab.until(`${row} !== null`, "the requests are sent");
    while (site.posted.length < 3) await tab.ask("new Promise((resolve) => requestAnimationFrame(resolve))");
    expect(site.posted.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /faults/api-server-sick?way=slow",
      "DELETE /faults/api-server-sick",
      "POST /reset",
    ]);
  });

  test("shows hostile messages as text, and links only what leads to http", async () => {
    const messages = await tab.ask<string[]>(
      "[...document.querySelectorAll('#phone-0 .message')].map((one) => one.textContent)",
    );
    expect(messages).toEqual([expect.stringContaining(HOSTILE), expect.stringContaining("Approve plan")]);
    expect(await tab.ask("[...document.querySelectorAll('#phones a')].map((one) => one.href)")).toEqual([
      "http://127.0.0.1:7071/gates/inc-7k2m9x4q/t0k3n",
    ]);
    expect(await tab.ask("document.querySelectorAll('#phones img, #phones b').length")).toBe(0);
  });

  test("keeps the reader's place while everything else changes", async () => {
    await tab.ask(
      "document.querySelector('[data-fault=edge-down] select').focus(); document.querySelector('[data-fault=edge-down] select').value = 'dropped'",
    );
    customers({ ok: 11, lastAnsweredBy: "api-backup" });
    site.answers.set("/phones", json(phones.map((one) => ({ ...one, code: "999888" }))));
    await tab.until("document.querySelector('#phone-2 .code').textContent === '999 888'", "the codes change");
    expect(
      await tab.ask("[document.activeElement.parentElement.dataset.fault, document.activeElement.value]"),
    ).toEqual(["edge-down", "dropped"]);
  });

  test("says when the sandbox does not answer, and stops saying it", async () => {
    site.answers.delete("/truth");
    await tab.until(
      "document.querySelector('#trouble').textContent.includes('/truth says 404')",
      "the trouble is said",
    );
    site.answers.set("/truth", json(truth));
    await tab.until("document.querySelector('#trouble').hidden", "the trouble is gone");
  });

  test("fits every width in both colour schemes, with a name for every control", async () => {
    customers({ ok: 11 });
    await tab.until("document.querySelectorAll('#strip .ok').length === 1", "a green square");
    for (let failed = 1; failed <= 2; failed += 1) {
      customers({ ok: 11, failed, streak: -failed });
      await tab.until(`document.querySelectorAll('#strip .bad').length === ${failed}`, "a red square");
    }
    for (const dark of [false, true]) {
      for (const width of [320, 360, 390, 640, 1280]) {
        await tab.look({ width, height: width < 500 ? 844 : 900, dark });
        expect([width, await tab.ask("document.documentElement.scrollWidth <= innerWidth")]).toEqual([
          width,
          true,
        ]);
        if (width === 390 || width === 1280) await tab.picture(`sandbox-${width}-${dark ? "dark" : "light"}`);
      }
    }
    expect((await tab.controls()).filter((one) => one.name.trim() === "")).toEqual([]);
    expect(tab.complaints()).toEqual([]);
  });
});
