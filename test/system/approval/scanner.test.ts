import { CHROMIUM, openBrowser, type Browser } from "../console/browser";
import { openTab } from "../console/tab";
import { requirePart } from "../required";
import { approve, linkOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";
import { scan } from "./mail-scanner";

const suite = requirePart("a mail scanner at the links", CHROMIUM, "chromium") ? describe : describe.skip;

const FOUND = 90_000;
const CLOSED = 90_000;

suite("a mail scanner that opens every link and presses everything", () => {
  let whole: Whole;
  let browser: Browser;
  beforeAll(async () => {
    whole = await prepareAll();
    await Promise.all([whole.start(), openBrowser().then((one) => (browser = one))]);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await whole.cleanUp();
  }, 60_000);

  /** The links of everybody's phone. */
  const links = async () =>
    (await whole.asked.phones()).flatMap((phone) =>
      phone.messages.flatMap((message) => (message.link === null ? [] : [message.link])),
    );

  it("decides nothing and changes nothing, and a person's approval counts afterwards", async () => {
    const { asked } = whole;
    await asked.break("balancer-host-down");
    await until(
      "two people have a link to a decision",
      async () => (await linkOf(asked, "bo")) && (await links()).length >= 2,
      {
        within: FOUND,
        story: asked.story,
      },
    );
    const { id } = await asked.incident();
    const decided = async () => ({ gates: (await asked.incident(id)).gates, effects: await asked.effects() });
    const before = await decided();
    expect(before).toMatchObject({ gates: [{ state: "pending", votes: [] }], effects: [] });

    const all = [...new Set(await links())];
    const tab = await openTab(browser);
    const scanned = await scan(tab, all);
    await tab.close();
    expect(await decided()).toEqual(before);
    // It was no idle scanner: each link's forms were sent twice and more, and everything on it was pressed.
    expect(scanned.pages).toEqual(expect.arrayContaining(all));
    expect(scanned.submitted).toBeGreaterThanOrEqual(all.length * 6);
    expect(scanned.pressed).toBeGreaterThanOrEqual(all.length * 6);

    expect((await approve(asked, "bo")).status).toBe(303);
    const closed = await until(
      "the incident is closed",
      async () => {
        const incident = await asked.incident(id);
        return incident.state === "closed" && incident;
      },
      { within: CLOSED, story: asked.story },
    );
    expect(closed).toMatchObject({
      outcome: "recovered",
      gates: [{ state: "granted", votes: [{ person: "bo" }] }],
    });
    expect(await asked.effects()).toHaveLength(1);
  }, 400_000);
});
