import type { z } from "zod";
import { channel, env, outcome, pagerOf } from "./people";
import {
  PAGERDUTY_MOST_BYTES,
  pagerDutyEvent,
  slackMessage,
  TEAMS_MOST_BYTES,
  teamsMessage,
} from "./vendor-schemas";
import { vendorServer, type Answer } from "./vendor-server";

const LINK = "https://switchover.test/gates/abc";
const decide = { text: "api-main is sick", link: LINK, incident: "inc-1", kind: "ask" } as const;

type Kind = "slack" | "teams" | "pagerduty";
const yes: Record<Kind, Answer> = {
  slack: { status: 200, body: "ok" },
  teams: { status: 202 },
  pagerduty: { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"inc-1"}' },
};

let stop = async () => undefined as void;
afterEach(() => stop());

async function vendor(answer: Answer) {
  const server = await vendorServer(() => answer);
  stop = () => server.stop();
  return server;
}

/** What one message made of it, checked against the vendor's schema. */
async function sent<T>(
  kind: Kind,
  schema: z.ZodType<T>,
  message: Parameters<ReturnType<typeof pagerOf>["tell"]>[0],
) {
  const { asked, fetch } = await vendor(yes[kind]);
  await pagerOf([channel[kind]], fetch).tell(message);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
  });
  return {
    url: asked[0]?.url,
    body: schema.parse(JSON.parse(asked[0]?.body ?? "")),
    bytes: asked[0]?.body.length ?? 0,
  };
}

describe("slack", () => {
  it("sends a plain section, a button with our link, and the incident", async () => {
    const { url, body } = await sent("slack", slackMessage, decide);
    expect(url).toBe(env.SLACK_ANN);
    expect(body).toEqual({
      text: "api-main is sick",
      blocks: [
        { type: "section", text: { type: "plain_text", text: "api-main is sick", emoji: false } },
        {
          type: "actions",
          elements: [
            {
              type: "button",
              action_id: "open",
              text: { type: "plain_text", text: "Open Switchover", emoji: false },
              url: LINK,
            },
          ],
        },
        { type: "context", elements: [{ type: "plain_text", text: "Incident inc-1", emoji: false }] },
      ],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it("stays within Slack's limit when escaping makes a long text longer", async () => {
    const { body } = await sent("slack", slackMessage, { text: "&".repeat(2_000) });
    expect(body.blocks[0]).toMatchObject({ text: { text: expect.stringMatching(/^(&amp;)+…$/) } });
  });

  it("takes only Slack's own ok for a yes", async () => {
    const { fetch } = await vendor({ status: 200, body: "<html>Please sign in</html>" });
    expect(await outcome(pagerOf([channel.slack], fetch).tell(decide))).toContain(
      "slack (the answer was not Slack's)",
    );
  });

  it("says Slack's word for a refusal, and quotes nothing else", async () => {
    const refusal = async (body: string) => {
      const { fetch } = await vendor({ status: 404, body });
      return outcome(pagerOf([channel.slack], fetch).tell(decide));
    };
    expect(await refusal("no_service")).toContain(
      "slack (the answer was status 404, no such webhook: no_service)",
    );
    await stop();
    expect(await refusal(env.SLACK_ANN)).toContain("slack (the answer was status 404, no such webhook).");
  });
});

describe("teams", () => {
  it("sends one card: the text as a run, which reads no Markdown, and our link as an action", async () => {
    const { url, body, bytes } = await sent("teams", teamsMessage, { ...decide, severity: "warning" });
    expect(url).toBe(env.TEAMS_ANN);
    expect(bytes).toBeLessThan(TEAMS_MOST_BYTES);
    expect(body.attachments[0]?.content).toMatchObject({
      body: [
        { inlines: [{ type: "TextRun", text: "api-main is sick", color: "warning" }] },
        { inlines: [{ type: "TextRun", text: "Incident inc-1" }] },
      ],
      actions: [{ type: "Action.OpenUrl", title: "Open Switchover", url: LINK }],
    });
  });

  it("has no action when there is no link", async () => {
    const { body } = await sent("teams", teamsMessage, { text: "Hello" });
    expect(body.attachments[0]?.content.actions).toBeUndefined();
  });
});

describe("pagerduty", () => {
  it("opens one alert an incident, with our link", async () => {
    const { url, body } = await sent("pagerduty", pagerDutyEvent, decide);
    expect(url).toBe("https://events.pagerduty.com/v2/enqueue");
    expect(body).toEqual({
      routing_key: env.PAGERDUTY_ANN,
      dedup_key: "inc-1",
      event_action: "trigger",
      payload: { summary: "api-main is sick", source: "shop.example.com", severity: "critical" },
      client: "Switchover",
      client_url: "https://switchover.test",
      links: [{ href: LINK, text: "Open Switchover" }],
    });
  });

  it("asks the European region where that is configured", async () => {
    const { asked, fetch } = await vendor(yes.pagerduty);
    await pagerOf([{ ...channel.pagerduty, region: "eu" }], fetch).tell(decide);
    expect(asked[0]?.url).toBe("https://events.eu.pagerduty.com/v2/enqueue");
  });

  it.each([
    ["resolves", "resolve", { kind: "end", severity: "info" }],
    ["resolves", "resolve", { kind: "end" }],
    ["does not resolve what a person must go on with", "trigger", { kind: "end", severity: "critical" }],
    ["stops calling when somebody has taken it on", "acknowledge", { kind: "acknowledged" }],
    ["triggers again for a further problem", "trigger", { kind: "problem", severity: "warning" }],
  ] as const)("%s: %s for %p", async (_what, action, about) => {
    const { body } = await sent("pagerduty", pagerDutyEvent, { text: "x", incident: "inc-1", ...about });
    expect(body).toMatchObject({ event_action: action, dedup_key: "inc-1" });
  });

  it("triggers for an end without an incident, which PagerDuty would drop in silence", async () => {
    const { body } = await sent("pagerduty", pagerDutyEvent, { text: "All is well", kind: "end" });
    expect(body).toMatchObject({ event_action: "trigger", payload: { severity: "info" } });
  });

  it("gives a repeated message the same key, and another message another", async () => {
    const keyOf = async (text: string) => {
      const { body } = await sent("pagerduty", pagerDutyEvent, { text });
      await stop();
      return body.dedup_key;
    };
    const [first, again, other] = [await keyOf("a"), await keyOf("a"), await keyOf("b")];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it("cuts a long summary at the limit, and has the whole text in the details", async () => {
    const text = "🚒".repeat(900);
    const { body, bytes } = await sent("pagerduty", pagerDutyEvent, { text });
    expect(body).toMatchObject({
      payload: { summary: expect.stringMatching(/^🚒+…$/u), custom_details: { text } },
    });
    expect(bytes).toBeLessThan(PAGERDUTY_MOST_BYTES);
  });

  it("takes only 202 for a yes", async () => {
    const { fetch } = await vendor({ status: 200, body: "ok" });
    expect(await outcome(pagerOf([channel.pagerduty], fetch).tell(decide))).toContain(
      "pagerduty (the answer was status 200)",
    );
  });
});

describe.each<Kind>(["slack", "teams", "pagerduty"])("%s, when it fails", (kind) => {
  it.each([301, 400, 403, 404, 410, 429, 500, 503])(
    "says that the answer was status %i, and nothing of what it said",
    async (status) => {
      const secrets = Object.values(env).join(" ");
      const { fetch, asked } = await vendor({
        status,
        body: secrets,
        headers: { location: "http://127.0.0.1:9/" },
      });
      const said = await outcome(pagerOf([channel[kind]], fetch).tell(decide));
      expect(said).toMatch(
        new RegExp(
          `PAGER_FAILED: The message to ann was not delivered: ${kind} \\(the answer was status ${status}`,
        ),
      );
      expect(said).not.toMatch(/canary/);
      // Once: who calls repeats.
      expect(asked).toHaveLength(1);
    },
  );

  it("says why when the connection breaks", async () => {
    const { fetch } = await vendor("reset");
    const said = await outcome(pagerOf([channel[kind]], fetch).tell(decide));
    expect(said).toMatch(new RegExp(`${kind} \\((UND_ERR_SOCKET|ECONNRESET)\\)`));
  });

  it("says why when nothing listens", async () => {
    const server = await vendor("reset");
    await server.stop();
    const said = await outcome(pagerOf([channel[kind]], server.fetch).tell(decide));
    expect(said).toContain(`${kind} (ECONNREFUSED)`);
    expect(said).not.toMatch(/canary|127\.0\.0\.1/);
  });
});

it.each(["slack", "teams"] as const)(
  "%s: refuses a secret that is no https address, without showing it",
  async (kind) => {
    const { fetch, asked } = await vendor(yes[kind]);
    const variable = kind === "slack" ? "SLACK_ANN" : "TEAMS_ANN";
    const right = env[variable];
    try {
      env[variable] = "http://canary.test/x";
      const said = await outcome(pagerOf([channel[kind]], fetch).tell(decide));
      expect(said).toContain(`${kind} (its webhook is not an address that begins with https://)`);
      expect(said).not.toContain("canary");
      expect(asked).toEqual([]);
    } finally {
      env[variable] = right;
    }
  },
);
