import { createHash } from "node:crypto";
import type { Channel, Notice } from "./channel";
import { postJson, said } from "./post-json";

export type PagerDutyOptions = {
  /** The integration key. Asked for at every message. */
  routingKey: () => string;
  region: "us" | "eu";
  /** What fails, as PagerDuty shows it: the service's own name. */
  source: string;
  baseUrl: string;
  fetch: typeof globalThis.fetch;
};

const ENQUEUE = {
  us: "https://events.pagerduty.com/v2/enqueue",
  eu: "https://events.eu.pagerduty.com/v2/enqueue",
};
const LONGEST_SUMMARY = 1_024;

/** PagerDuty's Events API v2. A yes is 202: the event is queued there. */
export function pagerDutyChannel(options: PagerDutyOptions): Channel {
  const { routingKey, region, fetch } = options;
  return {
    kind: "pagerduty",
    send: async (notice) =>
      postJson({
        fetch,
        url: ENQUEUE[region],
        body: pagerDutyEvent(notice, { ...options, routingKey: routingKey() }),
        taken: (status) => status === 202 || said(status),
      }),
  };
}

/**
 * One alert an incident: later messages are added to it, an end resolves it. An end that is itself critical
 * ("a person must go on") resolves nothing, or the alert would vanish while customers still wait.
 */
export function pagerDutyEvent(
  notice: Notice,
  { routingKey, source, baseUrl }: { routingKey: string; source: string; baseUrl: string },
): object {
  const { text, link, severity } = notice;
  const event = { routing_key: routingKey, dedup_key: keyOf(notice) };
  const action = actionOf(notice);
  if (action !== "trigger") return { ...event, event_action: action };
  return {
    ...event,
    event_action: action,
    payload: {
      summary: shortened(text, LONGEST_SUMMARY),
      source,
      severity,
      ...(text.length > LONGEST_SUMMARY ? { custom_details: { text } } : {}),
    },
    client: "Switchover",
    client_url: baseUrl,
    ...(link === undefined ? {} : { links: [{ href: link, text: "Open Switchover" }] }),
  };
}

function actionOf({ kind, severity, incident }: Notice): "trigger" | "acknowledge" | "resolve" {
  // Without an incident there is nothing to take on or to resolve: PagerDuty would drop the event in silence.
  if (incident === undefined) return "trigger";
  if (kind === "acknowledged") return "acknowledge";
  return kind === "end" && severity !== "critical" ? "resolve" : "trigger";
}

/** A repeated message without an incident is still one alert. 255 characters at most; a notice's incident has 200. */
function keyOf({ incident, text }: Notice): string {
  return incident ?? `switchover-${createHash("sha256").update(text).digest("hex")}`;
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
