import type { Channel, Notice } from "./channel";
import { postJson, said, secretAddress } from "./post-json";

export type TeamsOptions = {
  /** The address that the workflow's trigger shows. Asked for at every message. */
  webhook: () => string;
  fetch: typeof globalThis.fetch;
};

/**
 * A workflow in Teams ("when a webhook request is received"), which posts the Adaptive Card. 202 says that
 * the flow was started, not that it ended well: its own history has that.
 */
export function teamsChannel({ webhook, fetch }: TeamsOptions): Channel {
  return {
    kind: "teams",
    send: async (notice) =>
      postJson({
        fetch,
        url: secretAddress(webhook()),
        body: teamsMessage(notice),
        taken: (status) => (status >= 200 && status <= 299) || said(status),
      }),
  };
}

const colors = { info: "default", warning: "warning", critical: "attention" };

/**
 * Everything of a stranger is a TextRun: Markdown and mentions are features of TextBlock and FactSet, and
 * a TextRun has neither (Adaptive Cards' schema, and "Format cards" of the Teams documentation).
 */
export function teamsMessage({ text, link, incident, severity }: Notice): object {
  const line = (run: object) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", ...run }] });
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [
      line({ text: noFunctions(text), color: colors[severity] }),
      ...(incident === undefined
        ? []
        : [line({ text: noFunctions(`Incident ${incident}`), size: "small", isSubtle: true })]),
    ],
    ...(link === undefined
      ? {}
      : { actions: [{ type: "Action.OpenUrl", title: "Open Switchover", url: link }] }),
  };
  return {
    type: "message",
    attachments: [
      { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: card },
    ],
  };
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` are replaced by renderers in any text: with a space between they are not. */
function noFunctions(text: string): string {
  return text.replace(/\{(?=\{)/g, "{ ");
}
