import { CHROMIUM, openBrowser, type Browser } from "../console/browser";
import { requirePart } from "../required";
import { codeOf, linkOf } from "../support/person";
import { prepareAll, type Whole } from "../support/running";
import { until } from "../../support/until";
import { pickUpPhone, type Phone } from "./phone";

const suite = requirePart("deciding on a phone", CHROMIUM, "chromium") ? describe : describe.skip;

const FOUND = 90_000;
const CLOSED = 90_000;

const CODE = "One-time code from your authenticator";
const REASON = "Or reject it. Why?";

suite("a person who never saw it, with a phone in the hand", () => {
  let whole: Whole;
  let browser: Browser;
  let phone: Phone;
  beforeAll(async () => {
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => browser.close(), 60_000);
  beforeEach(async () => {
    whole = await prepareAll();
    await whole.start();
    await whole.asked.break("balancer-host-down");
    await until("the manager is asked", async () => linkOf(whole.asked, "bo"), {
      within: FOUND,
      story: whole.asked.story,
    });
  }, 150_000);
  afterEach(async () => {
    await phone.close();
    await whole.cleanUp();
  }, 60_000);

  /** The newest message with a link, as it came. */
  async function message(person: string) {
    const mine = (await whole.asked.phones()).find((one) => one.person === person);
    const newest = mine?.messages.findLast((one) => one.link !== null);
    if (newest === undefined || newest.link === null) throw new Error(`${person} was sent no link`);
    return { text: newest.text, link: newest.link };
  }
  const decided = (state: string) =>
    until("the decision counts", async () => (await whole.asked.incident()).gates[0]?.state === state, {
      within: 10_000,
      story: whole.asked.story,
    });
  const closed = () =>
    until(
      "the incident is closed",
      async () => {
        const incident = await whole.asked.incident();
        return incident.state === "closed" && incident;
      },
      { within: CLOSED, story: whole.asked.story },
    );
  /** The message as the sandbox's page shows it on the manager's phone. */
  async function pictureOfMessage(name: string) {
    await phone.open(`http://127.0.0.1:${whole.place.sandboxPort}/`);
    await phone.sees("bo manager");
    await phone.scrollTo("bo manager");
    await phone.picture(name);
  }

  it("approves by tapping and typing the code, in the light", async () => {
    phone = await pickUpPhone(browser, { dark: false });
    const { text, link } = await message("bo");
    expect(text).toContain("load balancer");
    await pictureOfMessage("approving-1-message");

    await phone.open(link);
    expect(await phone.overflow()).toBeLessThanOrEqual(0);
    const first = await phone.firstScreen();
    for (const fact of ["What is down", "Since", "Time left", "Votes", "Plan", "Approve or reject"])
      expect(first).toContain(fact);
    await phone.picture("approving-2-question");
    await phone.scrollTo("What may be lost");
    await phone.picture("approving-3-plan");

    await phone.tap("Approve or reject");
    await phone.tap(CODE);
    await phone.type(await codeOf(whole.asked, "bo"));
    await phone.picture("approving-4-code");
    await phone.tap("Approve");
    await phone.sees("The decision");
    await decided("granted");
    await phone.picture("approving-5-approved");
    expect(await closed()).toMatchObject({
      outcome: "recovered",
      gates: [{ votes: [{ person: "bo", vote: "approve" }] }],
    });
  }, 300_000);

  it("rejects by tapping and typing why, in the dark", async () => {
    phone = await pickUpPhone(browser, { dark: true });
    const { link } = await message("bo");
    await phone.open(link);
    expect(await phone.overflow()).toBeLessThanOrEqual(0);
    await phone.tap("Approve or reject");
    await phone.tap(CODE);
    await phone.type("000000");
    await phone.tap("Approve");
    await phone.sees("Not accepted");
    await phone.tap(REASON);
    await phone.type("The network team is replacing lb-1 right now");
    await phone.picture("approving-6-reason");
    await phone.tap("Reject");
    await phone.sees("The decision");
    await decided("refused");
    await phone.picture("approving-7-rejected");
    expect(await phone.text()).toContain("The network team is replacing lb-1 right now");
    const incident = await closed();
    expect(incident.gates).toMatchObject([{ votes: [{ person: "bo", vote: "reject" }] }]);
    expect(await whole.asked.effects()).toEqual([]);
  }, 300_000);
});
