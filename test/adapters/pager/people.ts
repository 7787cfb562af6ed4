import { estatePager } from "../../../adapters/pager/channels";
import { secretsFrom } from "../../../adapters/settings/secrets";
import { estateSchema, type Estate } from "../../../shared/estate";
import type { Message } from "../../../shared/world";
import { rawEstate } from "../estate";

/** Every secret of a channel; none of them, and no address, may be in anything that is said about a failure. */
export const env = {
  SLACK_ANN: "https://hooks.slack.com/services/T0CANARY/B0CANARY/canary-slack",
  TEAMS_ANN:
    "https://prod-1.westeurope.logic.azure.com/workflows/canary/triggers/manual/run?sig=canary-teams",
  PAGERDUTY_ANN: "canarycanarycanarycanarycanary12",
  MAIL_USER: "canary-user",
  MAIL_PASSWORD: "canary-password",
};
export const ADDRESS = "canary@ann.test";

export const channel = {
  email: { kind: "email", address: ADDRESS },
  slack: { kind: "slack", webhook: "env:SLACK_ANN" },
  teams: { kind: "teams", webhook: "env:TEAMS_ANN" },
  pagerduty: { kind: "pagerduty", routingKey: "env:PAGERDUTY_ANN" },
  webhook: { kind: "webhook", url: "https://chat.test/hook/canary-webhook" },
  console: { kind: "console" },
} as const;

/** The company, with one person who has these channels and no webhook. */
export function estateOf(channels: object[], mail?: object): Estate {
  const { webhook: _none, ...ann } = rawEstate().people[0] ?? { webhook: "" };
  return estateSchema.parse({ ...rawEstate(), people: [{ ...ann, channels }], ...(mail ? { mail } : {}) });
}

export function pagerOf(channels: object[], fetch: typeof globalThis.fetch, mail?: object) {
  const estate = estateOf(channels, mail);
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const pager = estatePager({ estate, secrets: secretsFrom(env, estate), fetch, print });
  return { printed, tell: (message: Message) => pager.tell("ann", message) };
}

/** What is said about a failure, or "told". */
export function outcome(told: Promise<void>): Promise<string> {
  return told.then(
    () => "told",
    (thrown: unknown) => String(thrown),
  );
}

export const noFetch = () => Promise.reject(new Error("nothing was to be fetched"));
