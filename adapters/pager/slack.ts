import type { Channel, Notice } from "./channel";
import { postJson, said, secretAddress } from "./post-json";

/** A text object of Block Kit holds 3,000 characters, counted after escaping. */
const LONGEST_TEXT_OBJECT = 3_000;

export type SlackOptions = {
  /** The incoming webhook's address. Asked for at every message. */
  webhook: () => string;
  fetch: typeof globalThis.fetch;
};

/** What Slack says in the body of a refusal (api.slack.com, incoming webhooks, "Handling errors"). */
const REFUSALS = new Set([
  "invalid_payload",
  "invalid_blocks",
  "invalid_token",
  "no_text",
  "no_service",
  "no_team",
  "team_disabled",
  "user_not_found",
  "channel_not_found",
  "channel_is_archived",
  "action_prohibited",
  "posting_to_general_channel_denied",
  "too_many_attachments",
  "rate_limited",
  "rollup_error",
]);

/**
 * An incoming webhook of Slack. A yes is status 200 with the body `ok`, and nothing else: a proxy's friendly
 * page is no delivery. A webhook can't answer in a thread, so the incident's id is on every message.
 */
export function slackChannel({ webhook, fetch }: SlackOptions): Channel {
  return {
    kind: "slack",
    send: async (notice) =>
      postJson({ fetch, url: secretAddress(webhook()), body: slackMessage(notice), taken }),
  };
}

/** Everything of a stranger is in `plain_text`, and escaped; the only link is the button's. */
export function slackMessage({ text, link, incident }: Notice): object {
  const plain = (text: string) => ({ type: "plain_text", text: escaped(text), emoji: false });
  const button = { type: "button", action_id: "open", text: plain("Open Switchover"), url: link };
  return {
    // What the phone's notification shows; where there are blocks, it is shown nowhere else.
    text: escaped(text),
    blocks: [
      { type: "section", text: plain(text) },
      ...(link === undefined ? [] : [{ type: "actions", elements: [button] }]),
      ...(incident === undefined ? [] : [{ type: "context", elements: [plain(`Incident ${incident}`)] }]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** The three characters that Slack wants escaped, and no others; cut where the escaped text would be too long. */
function escaped(text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  const pieces = Array.from(text, (character) => entities[character] ?? character);
  const whole = pieces.join("");
  if (whole.length <= LONGEST_TEXT_OBJECT) return whole;
  let fits = "";
  for (const piece of pieces) {
    if (fits.length + piece.length >= LONGEST_TEXT_OBJECT) break;
    fits += piece;
  }
  return `${fits}…`;
}

function taken(status: number, body: string): true | string {
  const says = body.trim();
  if (status === 200) return says === "ok" || "the answer was not Slack's";
  return REFUSALS.has(says) ? `${said(status)}: ${says}` : said(status);
}
