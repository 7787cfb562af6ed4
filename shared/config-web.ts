import { channelUrls } from "./channel-checks";
import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";
import { canonical, hostOf, isInside, isLoopback, mailHost } from "./hosts";

/** An address of the web, and where in the file it stands. */
type Place = { path: PropertyKey[]; url: string };

function ownUrls(estate: Estate): Place[] {
  return [
    { path: ["baseUrl"], url: estate.baseUrl },
    ...channelUrls(estate),
    ...estate.vantages.map(({ url }, at) => ({ path: ["vantages", at, "url"], url })),
  ];
}

export function plainWeb(estate: Estate): Problem[] {
  const api = { path: ["cloudflare", "api"], url: estate.cloudflare.api };
  const notWeb = [api, ...ownUrls(estate)]
    .filter(({ url }) => !/^https?:$/.test(new URL(url).protocol))
    .map(({ path }) => problem(path, "of another kind", "an address that begins with https:// or http://"));
  const { protocol } = new URL(api.url);
  if (protocol !== "http:" || isLoopback(hostOf(api.url))) return notWeb;
  return [
    ...notWeb,
    problem(api.path, `"${api.url}"`, "https://", "The token would travel where others can read it."),
  ];
}

/** A link or a message that needs the patient doesn't arrive while the patient is ill. */
export function outsideTheEstate(estate: Estate): Problem[] {
  const addresses = new Map(partsOf(estate).map(({ name, address }) => [canonical(address), name]));
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
  const names = dns.servers.map(({ address }, at) => ({ name: `dns.servers[${at}]`, address }));
  return [...balancers, ...servers, ...edge, ...names];
}
