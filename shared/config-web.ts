import { channelUrls } from "./channel-checks";
import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";
import { hostOf, isInside, isLoopback, mailHost } from "./hosts";

/** An address of the web, and where in the file it stands. */
type Place = { path: PropertyKey[]; url: string };

function ownUrls(estate: Estate): Place[] {
  return [
    { path: ["baseUrl"], url: estate.baseUrl },
    ...channelUrls(estate),
    ...estate.vantages.map(({ url }, at) => ({ path: ["vantages", at, "url"], url })),
  ];
}

/**
 * Whether they are addresses of the web, and with TLS where what travels is secret. On this machine nobody
 * reads along. A vantage may go without: questions are signed, and what it looks at is public.
 */
export function plainWeb(estate: Estate): Problem[] {
  const api = { path: ["cloudflare", "api"], url: estate.cloudflare.api };
  const notWeb = [api, ...ownUrls(estate)]
    .filter(({ url }) => !/^https?:$/.test(new URL(url).protocol))
    .map(({ path }) => problem(path, "of another kind", "an address that begins with https:// or http://"));
  const token = "The token would travel where others can read it.";
  const codes = "Links to decisions and one-time codes would travel where others can read them.";
  const links = "Links to decisions would travel where others can read them.";
  return [
    ...notWeb,
    ...withoutTls(api, token),
    ...withoutTls({ path: ["baseUrl"], url: estate.baseUrl }, codes),
    ...channelUrls(estate).flatMap((each) => withoutTls(each, links)),
  ];
}

/** Of an address only the beginning is shown: a webhook's path is enough to write in our name. */
function withoutTls({ path, url }: Place, hint: string): Problem[] {
  const { protocol, origin } = new URL(url);
  if (protocol !== "http:" || isLoopback(hostOf(url))) return [];
  return [problem(path, `"${origin}"`, "https://", hint)];
}

/** A link or a message that needs the patient doesn't arrive while the patient is ill. */
export function outsideTheEstate(estate: Estate): Problem[] {
  const addresses = new Map(partsOf(estate).map(({ name, address }) => [address, name]));
  const zone = estate.cloudflare.zone.name;
  const mail = estate.mail ? [{ path: ["mail", "server"], host: mailHost(estate.mail.server) }] : [];
  const hosts = ownUrls(estate).map(({ path, url }) => ({ path, host: hostOf(url) }));
  return [...hosts, ...mail].flatMap(({ path, host }) => {
    const part = addresses.get(host);
    if (part === undefined && !isInside(host, zone)) return [];
    const where = part === undefined ? `inside the zone ${zone}` : `the address of ${part}`;
    const hint =
      "When that fails, nobody could be reached, or decide. Use an address that needs nothing of the estate.";
    return [problem(path, `${host}, ${where}`, "an address outside the estate", hint)];
  });
}

function partsOf({ balancers, servers, cloudflare, dns }: Estate): { name: string; address: string }[] {
  const edge = cloudflare.edge ? [{ name: "cloudflare.edge", address: cloudflare.edge.address }] : [];
  const names = (["servers", "authoritative"] as const).flatMap((list) =>
    (dns[list] ?? []).map(({ address }, at) => ({ name: `dns.${list}[${at}]`, address })),
  );
  return [...balancers, ...servers, ...edge, ...names];
}
