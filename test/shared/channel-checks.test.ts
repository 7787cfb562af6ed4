import { parseEstate } from "../../shared/config";
import { textOf } from "../../shared/errors";
import { rawEstate } from "../adapters/estate";

/** What is wrong with the company when its first person has these channels, and it has this mail server. */
function problems({
  channels,
  webhook,
  mail,
}: {
  channels?: unknown;
  webhook?: string;
  mail?: unknown;
}): string[] {
  const raw = rawEstate();
  const [{ webhook: _webhook, ...ann } = { webhook: "" }, ...others] = raw.people;
  const person = {
    ...ann,
    ...(channels === undefined ? {} : { channels }),
    ...(webhook === undefined ? {} : { webhook }),
  };
  try {
    parseEstate({ ...raw, people: [person, ...others], ...(mail === undefined ? {} : { mail }) }, "my.yaml");
    return [];
  } catch (thrown) {
    const lines = textOf(thrown, 10_000).split("\n");
    return lines.slice(1, -1).map((line) => line.trim());
  }
}

const email = { kind: "email", address: "ann@private.test" };
const slack = { kind: "slack", webhook: "env:SLACK" };
const teams = { kind: "teams", webhook: "env:TEAMS" };
const pagerduty = { kind: "pagerduty", routingKey: "env:PAGERDUTY" };
const hook = { kind: "webhook", url: "https://chat.test/canary" };
const terminal = { kind: "console" };
const mail = { server: "smtp://mail.test:587", from: "recovery@mail.test" };

it.each<[string, Parameters<typeof problems>[0]]>([
  ["a webhook alone", { webhook: "https://chat.test/hook" }],
  [
    "every kind of channel, and a mail server",
    { channels: [email, slack, teams, pagerduty, hook, terminal], mail },
  ],
  ["the European PagerDuty", { channels: [{ ...pagerduty, region: "eu" }] }],
  ["a mail server with a login", { channels: [email], mail: { ...mail, user: "env:A", password: "env:B" } }],
  [
    "a mail server by its address",
    { channels: [email], mail: { ...mail, server: "smtps://[2001:db8::1]:465" } },
  ],
  ["the console alone", { channels: [terminal] }],
  [
    "company mail, with another channel",
    { channels: [{ ...email, address: "ann@example.com" }, slack], mail },
  ],
])("accepts %s", (_what, parts) => {
  expect(problems(parts)).toEqual([]);
});

it.each<[string, Parameters<typeof problems>[0]]>([
  ["people[0].channels: is empty; expected one channel at least, or a webhook.", {}],
  ["people[0].channels: is a section; expected a list", { channels: {} }],
  [
    'people[0].channels[0].kind: is "emial"; expected one of email, slack, teams, pagerduty, webhook, console. Did you mean email?',
    { channels: [{ ...email, kind: "emial" }] },
  ],
  ["people[0].channels[0].kind: is missing; expected one of email,", { channels: [{ address: "a@b.test" }] }],
  [
    "people[0].channels[0].adress: is not a setting; expected one of kind, address, webhook, routingKey, region, url. Did you mean address?",
    { channels: [{ ...email, adress: "x" }], mail },
  ],
  [
    'people[0].channels[0].address: is a text (not shown); expected an e-mail address such as "ann@example.org".',
    { channels: [{ ...email, address: "canary" }], mail },
  ],
  [
    "people[0].channels[0].webhook: is a text (not shown); expected another form. Write env:NAME",
    { channels: [{ ...slack, webhook: "https://hooks.slack.com/services/canary" }] },
  ],
  [
    "people[0].channels[0].routingKey: is a text (not shown); expected another form. Write env:NAME",
    { channels: [{ ...pagerduty, routingKey: "canary" }] },
  ],
  ["people[0].channels[0].url: is a text (not shown)", { channels: [{ ...hook, url: "canary" }] }],
  [
    "people[0].channels[0].url: is of another kind",
    { channels: [{ ...hook, url: "ftp://chat.test/canary" }] },
  ],
  [
    "people[0].channels[0]: is the console, before others; expected the console last. It takes every message",
    { channels: [terminal, slack] },
  ],
  [
    "people[0].channels[0]: is the console, before others",
    { channels: [terminal], webhook: "https://chat.test/hook" },
  ],
  [
    "mail: is missing; expected the server that takes e-mails. people[0] has an e-mail channel.",
    { channels: [email] },
  ],
  [
    'mail.server: is a text (not shown); expected another form. Write "smtp://host:port"',
    { channels: [email], mail: { ...mail, server: "mail.test:25" } },
  ],
  [
    "mail.server: is a text (not shown); expected another form.",
    { channels: [email], mail: { ...mail, server: "smtp://u:canary@mail.test" } },
  ],
  [
    "mail.server: is a text (not shown); expected a host, and a port that exists.",
    { channels: [email], mail: { ...mail, server: "smtp://mail.test:99999" } },
  ],
  [
    "mail.password: is missing; expected user and password, or neither.",
    { channels: [email], mail: { ...mail, user: "env:A" } },
  ],
  [
    "mail.user: is missing; expected user and password, or neither.",
    { channels: [email], mail: { ...mail, password: "env:A" } },
  ],
  [
    "mail.password: is a text (not shown)",
    { channels: [email], mail: { ...mail, user: "env:A", password: "canary" } },
  ],
])("refuses: %s", (sentence, parts) => {
  const found = problems(parts);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(sentence);
  expect(found[0]).not.toContain("canary");
});

describe("reaching people while the company's own names don't resolve", () => {
  it.each([
    [
      "a channel inside the zone",
      { channels: [{ kind: "webhook", url: "https://chat.example.com/canary" }] },
      "people[0].channels[0].url",
    ],
    [
      "a channel at a server's address",
      { channels: [{ kind: "webhook", url: "http://192.0.2.30/canary" }] },
      "people[0].channels[0].url",
    ],
    [
      "a mail server inside the zone",
      { channels: [email, slack], mail: { ...mail, server: "smtp://Mail.Example.com.:25" } },
      "mail.server",
    ],
    [
      "a mail server at the balancer's address",
      { channels: [email], mail: { ...mail, server: "smtps://192.0.2.20" } },
      "mail.server",
    ],
    [
      "a mail server at a server's address in another spelling",
      { channels: [email], mail: { ...mail, server: "smtp://[2001:DB8:0::40]:25" } },
      "mail.server",
    ],
  ])("refuses %s", (_what, parts, path) => {
    const found = problems(parts).filter((line) => line.includes("expected an address outside the estate"));
    expect(found.map((line) => line.split(":")[0])).toEqual([path]);
    expect(found.join()).not.toContain("canary");
  });

  it.each([
    ["the person's address", { channels: [{ ...email, address: "ann@Example.com" }], mail }],
    ["an address below the zone", { channels: [{ ...email, address: "ann@staff.example.com" }], mail }],
    ["the sender's address", { channels: [email], mail: { ...mail, from: "recovery@example.com" } }],
  ])("does not count e-mail when %s is inside the zone", (_what, parts) => {
    expect(problems(parts)).toEqual([
      "people[0].channels: is only e-mail that needs the zone example.com; expected one channel at least that needs " +
        "nothing of the company's DNS. While example.com does not resolve, no mail to or from its addresses arrives. " +
        "Add another channel, or a private address and a sender outside the zone.",
    ]);
    expect(problems({ ...parts, channels: [...parts.channels, pagerduty] })).toEqual([]);
    expect(problems({ ...parts, webhook: "https://chat.test/hook" })).toEqual([]);
  });
});
