import type { Channel as Configured, Estate, Person } from "../../shared/estate";
import type { PagerPort } from "../../shared/world";
import { NotTaken, type Channel } from "./channel";
import { consoleChannel, printLine, type Print } from "./console";
import { emailChannel } from "./email";
import { fallThroughPager } from "./fall-through";
import { pagerDutyChannel } from "./pagerduty";
import { slackChannel } from "./slack";
import { teamsChannel } from "./teams";
import { webhookChannel } from "./webhook";

export type PagerOptions = {
  estate: Estate;
  /** Resolves `env:NAME`, when a message is sent and not before. */
  secrets: (ref: string) => string;
  fetch: typeof globalThis.fetch;
  /** One line of this process's output. */
  print?: Print;
};

/** Reaches people as the estate says: their channels in order, then their webhook. */
export function estatePager(options: PagerOptions): PagerPort {
  const { estate, fetch, print = printLine } = options;
  const channelsOf = (person: Person): Channel[] => [
    ...person.channels.map((channel) => made(channel, person, { ...options, print })),
    ...(person.webhook === undefined ? [] : [webhookChannel({ url: person.webhook, fetch })]),
  ];
  return fallThroughPager({ estate, channelsOf, print });
}

function made(channel: Configured, person: Person, options: Required<PagerOptions>): Channel {
  const { estate, secrets, fetch, print } = options;
  switch (channel.kind) {
    case "email": {
      const { mail, company } = estate;
      if (mail === undefined) return never("email", "the configuration has no mail server");
      const { fullName } = person;
      return emailChannel({ mail, secrets, company, fullName, address: channel.address });
    }
    case "slack":
      return slackChannel({ webhook: () => secrets(channel.webhook), fetch });
    case "teams":
      return teamsChannel({ webhook: () => secrets(channel.webhook), fetch });
    case "pagerduty":
      return pagerDutyChannel({
        routingKey: () => secrets(channel.routingKey),
        region: channel.region,
        source: estate.service.hostname,
        baseUrl: estate.baseUrl,
        fetch,
      });
    case "webhook":
      return webhookChannel({ url: channel.url, fetch });
    case "console":
      return consoleChannel({ print });
  }
}

function never(kind: string, why: string): Channel {
  return { kind, send: () => Promise.reject(new NotTaken(why)) };
}
