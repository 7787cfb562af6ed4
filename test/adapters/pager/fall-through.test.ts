import { fallThroughPager } from "../../../adapters/pager/fall-through";
import { NotTaken, type Channel } from "../../../adapters/pager/channel";
import { neverAnswers } from "../estate";
import { channel, estateOf, noFetch, outcome, pagerOf } from "./people";
import { vendorServer } from "./vendor-server";

/** Channels that fail as told, or take what they are given. */
function pagerWith(outcomes: Record<string, Error | undefined>) {
  const tried: string[] = [];
  const printed: string[] = [];
  const channelsOf = (): Channel[] =>
    Object.entries(outcomes).map(([kind, fails]) => ({
      kind,
      send: async () => {
        tried.push(kind);
        if (fails) throw fails;
      },
    }));
  const print = (line: string) => void printed.push(line);
  const pager = fallThroughPager({ estate: estateOf([channel.console]), channelsOf, print });
  return { tried, printed, told: outcome(pager.tell("ann", { text: "Hello" })) };
}

it("tries the channels in their order, and none after the first that took the message", async () => {
  const { tried, printed, told } = pagerWith({
    first: new NotTaken("a"),
    second: undefined,
    third: undefined,
  });
  expect(await told).toBe("told");
  expect(tried).toEqual(["first", "second"]);
  expect(printed).toEqual(["ann was told by second, and not by first (a)"]);
});

it("says nothing when the first channel took it", async () => {
  const { printed, told } = pagerWith({ first: undefined });
  expect(await told).toBe("told");
  expect(printed).toEqual([]);
});

it("fails when all did, with each one's kind and reason", async () => {
  const { told } = pagerWith({ first: new NotTaken("a"), second: new NotTaken("b") });
  expect(await told).toBe(
    "RecoveryError: PAGER_FAILED: The message to ann was not delivered: first (a), second (b). " +
      "Check people[].channels and webhook in the configuration, and reach the person another way.",
  );
});

it("quotes no error whose words are not ours", async () => {
  const strange = Object.assign(new Error("connect to https://canary.test failed"), { code: "EWHAT" });
  const { told } = pagerWith({ first: strange, second: new Error("canary") });
  expect(await told).toContain("first (EWHAT), second (it failed).");
});

it("names the variable of a secret that is missing, and goes on with the next channel", async () => {
  const { printed, tell } = pagerOf([{ kind: "slack", webhook: "env:NOT_SET" }, channel.console], noFetch);
  await tell({ text: "Hello" });
  expect(printed[0]).toBe('message {"to":"ann","severity":"critical","text":"Hello"}');
  expect(printed[1]).toContain(
    "and not by slack (SECRET_MISSING: The environment variable NOT_SET is not set.",
  );
  expect(printed[1]).toContain("people[0].channels[0].webhook");
});

it("falls from Slack through PagerDuty and a webhook to the person's own webhook, as each fails in its way", async () => {
  const { fetch, asked, stop } = await vendorServer(({ url }) => {
    if (url.includes("slack")) return { status: 429, body: "rate_limited" };
    if (url.includes("pagerduty")) return "reset";
    return { status: url.endsWith("canary-webhook") ? 500 : 200 };
  });
  try {
    const { tell, printed } = pagerOf(
      [channel.slack, channel.pagerduty, channel.webhook, channel.console],
      fetch,
    );
    await tell({ text: "Hello", incident: "inc-1" });
    expect(asked.map(({ url }) => new URL(url).host)).toEqual([
      "hooks.slack.com",
      "events.pagerduty.com",
      "chat.test",
    ]);
    expect(printed[0]).toBe('message {"to":"ann","severity":"critical","text":"Hello","incident":"inc-1"}');
    expect(printed[1]).toMatch(
      /^ann was told by console, and not by slack \(.*429.*: rate_limited\), nor by pagerduty \(.*\), nor by webhook \(.*500\)$/,
    );
    expect(printed[1]).not.toContain("canary");
  } finally {
    await stop();
  }
});

it("gives up on a channel that hangs after 5 seconds, and tells the person by the next", async () => {
  jest.useFakeTimers();
  try {
    const { tell, printed } = pagerOf([channel.teams, channel.console], neverAnswers);
    const told = outcome(tell({ text: "Hello" }));
    await jest.advanceTimersByTimeAsync(4_999);
    expect(printed).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(await told).toBe("told");
    expect(printed[1]).toBe("ann was told by console, and not by teams (no answer within 5 s)");
  } finally {
    jest.useRealTimers();
  }
});
