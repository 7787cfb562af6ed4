import type { Problem } from "./config-problems";
import type { Channel, Estate, Person } from "./estate";
import { isInside, mailHost } from "./hosts";

/**
 * Whether everybody can be reached, also while the company's own names don't resolve (promise 12). Runs on
 * an estate that has the right shape.
 */
export function channelChecks(estate: Estate): Problem[] {
  return [...estate.people.flatMap((person, at) => reachable(estate, person, at)), ...mailServer(estate)];
}

/** Every address of a channel that is written in the file; the others are in the environment. */
export function channelUrls({ people }: Estate): { path: PropertyKey[]; url: string }[] {
  return people.flatMap(({ channels, webhook }, at) => [
    ...channels.flatMap((channel, index) =>
      channel.kind === "webhook"
        ? [{ path: ["people", at, "channels", index, "url"], url: channel.url }]
        : [],
    ),
    ...(webhook === undefined ? [] : [{ path: ["people", at, "webhook"], url: webhook }]),
  ]);
}

function reachable(estate: Estate, { channels, webhook }: Person, at: number): Problem[] {
  const path = ["people", at, "channels"];
  if (channels.length === 0 && webhook === undefined) {
    const hint = "docs/notifications.md shows how to set each up.";
    return [{ path, is: "empty", expected: "one channel at least, or a webhook", hint }];
  }
  return [...afterConsole(path, channels, webhook), ...ownNames(estate, path, channels, webhook)];
}

/** A line of output is always taken, so that nothing after it is ever tried. */
function afterConsole(path: PropertyKey[], channels: Channel[], webhook: string | undefined): Problem[] {
  const at = channels.findIndex(({ kind }) => kind === "console");
  if (at === -1 || (at === channels.length - 1 && webhook === undefined)) return [];
  const hint = "It takes every message: what comes after it, the webhook too, would never be tried.";
  return [{ path: [...path, at], is: "the console, before others", expected: "the console last", hint }];
}

function ownNames(
  estate: Estate,
  path: PropertyKey[],
  channels: Channel[],
  webhook: string | undefined,
): Problem[] {
  if (webhook !== undefined || !channels.every((channel) => needsOwnNames(estate, channel))) return [];
  const zone = estate.cloudflare.zone.name;
  return [
    {
      path,
      is: `only e-mail that needs the zone ${zone}`,
      expected: "one channel at least that needs nothing of the company's DNS",
      hint: `While ${zone} does not resolve, no mail to or from its addresses arrives. Add another channel, or a private address and a sender outside the zone.`,
    },
  ];
}

/** The recipient's name leads to the mailbox; the sender's is looked up by who receives (SPF, DKIM). */
function needsOwnNames({ mail, cloudflare }: Estate, channel: Channel): boolean {
  if (channel.kind !== "email") return false;
  const domains = [channel.address, ...(mail ? [mail.from] : [])].map((address) =>
    address.slice(address.lastIndexOf("@") + 1),
  );
  const hosts = mail ? [...domains, mailHost(mail.server)] : domains;
  return hosts.some((host) => isInside(host, cloudflare.zone.name));
}

function mailServer({ people, mail }: Estate): Problem[] {
  if (mail === undefined) {
    const first = people.findIndex(({ channels }) => channels.some(({ kind }) => kind === "email"));
    if (first === -1) return [];
    const hint = `people[${first}] has an e-mail channel.`;
    return [{ path: ["mail"], is: "missing", expected: "the server that takes e-mails", hint }];
  }
  if ((mail.user === undefined) === (mail.password === undefined)) return [];
  const lacks = mail.user === undefined ? "user" : "password";
  return [{ path: ["mail", lacks], is: "missing", expected: "user and password, or neither" }];
}
