import { cleanText } from "../../shared/alert/clean-text";
import type { Message } from "../../shared/world";
import type { Notice } from "./channel";

const LONGEST_TEXT = 2_000;
const LONGEST_INCIDENT = 200;
/** Slack takes 3,000; a link of ours has less than 200. */
const LONGEST_LINK = 2_000;

/**
 * The message as every channel gets it. Texts quote what monitoring and servers said, and those can be
 * anything (S-11). A link that does not lead to us is left out, and the text says so.
 */
export function noticeOf(to: string, message: Message, baseUrl: string): Notice {
  const { link, incident, kind } = message;
  const ours = link === undefined ? undefined : ownLink(link, baseUrl);
  const dropped = link !== undefined && ours === undefined ? " (A link was left out: it is not ours.)" : "";
  const text = cleanText(message.text, LONGEST_TEXT - dropped.length) || "(a message without text)";
  const thread = incident === undefined ? "" : cleanText(incident, LONGEST_INCIDENT);
  return {
    to,
    text: `${text}${dropped}`,
    // A message that says nothing about itself must not be slept through.
    severity: message.severity ?? (kind === "end" || kind === "acknowledged" ? "info" : "critical"),
    ...(ours === undefined ? {} : { link: ours }),
    ...(thread === "" ? {} : { incident: thread }),
    ...(kind === undefined ? {} : { kind }),
  };
}

function ownLink(link: string, baseUrl: string): string | undefined {
  if (!URL.canParse(link)) return undefined;
  const { href } = new URL(link);
  const base = new URL(baseUrl).href.replace(/\/$/, "");
  const below = href === base || ["/", "?", "#"].some((next) => href.startsWith(`${base}${next}`));
  return below && href.length <= LONGEST_LINK ? href : undefined;
}
