import { z } from "zod";

/**
 * What the vendors take, transcribed from what they publish, so that payloads are not only checked against
 * our own stand-in. Unknown members are refused everywhere: what is not in here is not sent.
 */

/**
 * Slack. Text objects, section, actions, context, button and their limits: docs.slack.dev/reference/block-kit,
 * as in the types of slackapi/node-slack-sdk (packages/types/src/block-kit). The message's members: what
 * that SDK's incoming webhook client sends.
 */
const plainText = z.strictObject({
  type: z.literal("plain_text"),
  text: z.string().min(1).max(3_000),
  emoji: z.boolean().optional(),
});
const button = z.strictObject({
  type: z.literal("button"),
  action_id: z.string().min(1).max(255),
  text: plainText.refine(({ text }) => text.length <= 75),
  url: z.url().max(3_000),
});
export const slackMessage = z.strictObject({
  text: z.string().min(1),
  blocks: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("section"), text: plainText }),
        z.strictObject({ type: z.literal("actions"), elements: z.array(button).min(1).max(25) }),
        z.strictObject({ type: z.literal("context"), elements: z.array(plainText).min(1).max(10) }),
      ]),
    )
    .min(1)
    .max(50),
  unfurl_links: z.boolean(),
  unfurl_media: z.boolean(),
});

/**
 * Adaptive Cards 1.4: schemas/1.4.0/adaptive-card.json of microsoft/AdaptiveCards, whose objects allow no other
 * members; required are RichTextBlock.inlines, TextRun.text, Action.OpenUrl.url and every `type`. TextBlock is
 * left out on purpose: it is the one that reads Markdown. The envelope: "Format cards" of MicrosoftDocs/msteams-docs.
 */
const textRun = z.strictObject({
  type: z.literal("TextRun"),
  text: z.string(),
  color: z.enum(["default", "dark", "light", "accent", "good", "warning", "attention"]).optional(),
  size: z.enum(["default", "small", "medium", "large", "extraLarge"]).optional(),
  isSubtle: z.boolean().optional(),
});
export const teamsMessage = z.strictObject({
  type: z.literal("message"),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal("application/vnd.microsoft.card.adaptive"),
        contentUrl: z.null(),
        content: z.strictObject({
          $schema: z.url(),
          type: z.literal("AdaptiveCard"),
          version: z.literal("1.4"),
          body: z
            .array(z.strictObject({ type: z.literal("RichTextBlock"), inlines: z.array(textRun).min(1) }))
            .min(1),
          actions: z
            .array(z.strictObject({ type: z.literal("Action.OpenUrl"), title: z.string(), url: z.url() }))
            .optional(),
        }),
      }),
    )
    .length(1),
});
/** Teams refuses a webhook's message of more than this (msteams-docs, "Format cards"). */
export const TEAMS_MOST_BYTES = 28 * 1_024;

/**
 * PagerDuty: reference/events-v2/openapiv3.json of PagerDuty/api-schema; the lengths and the required members from
 * docs/events-API-v2/02-Trigger-Events.md of PagerDuty/developer-docs.
 */
const events = { routing_key: z.string().length(32), dedup_key: z.string().min(1).max(255) };
export const pagerDutyEvent = z.discriminatedUnion("event_action", [
  z.strictObject({
    ...events,
    event_action: z.literal("trigger"),
    payload: z.strictObject({
      summary: z.string().min(1).max(1_024),
      source: z.string().min(1),
      severity: z.enum(["critical", "error", "warning", "info"]),
      custom_details: z.record(z.string(), z.unknown()).optional(),
    }),
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string().optional() })).optional(),
  }),
  z.strictObject({ ...events, event_action: z.literal("acknowledge") }),
  z.strictObject({ ...events, event_action: z.literal("resolve") }),
]);
/** "Events API payloads are limited to 512 KB" (01-Overview.md). */
export const PAGERDUTY_MOST_BYTES = 512 * 1_024;
