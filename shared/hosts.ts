/** Hosts of addresses, compared by one spelling: that in which web addresses are written again once parsed. */

/** The host of a web address: a name in lower case, or an address as `canonical` spells it. */
export function hostOf(url: string): string {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  // An IPv4 address within IPv6 (RFC 4291, 2.5.5.2) leads to the same machine. The parser reads 0x… as IPv4.
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? [];
  return low === undefined ? host : hostOf(`http://0x${high}${low.padStart(4, "0")}`);
}

/** One spelling for each address, since IPv6 has many: RFC 5952, and IPv4 for what is IPv4 within IPv6. */
export function canonical(address: string): string {
  return hostOf(`http://${address.includes(":") ? `[${address}]` : address}`);
}

export function familyOf(address: string): "IPv4" | "IPv6" {
  return canonical(address).includes(":") ? "IPv6" : "IPv4";
}

/** Whether the name is the zone's own or below it. */
export function isInside(host: string, zone: string): boolean {
  const [name, parent] = [host, zone].map((each) => each.toLowerCase().replace(/\.$/, ""));
  return name === parent || `${name}`.endsWith(`.${parent}`);
}

/** A whole address: `127.example.com` begins like one and is anybody's. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** The host of `smtp://host:port`. URLs of that kind keep their host as written, so it is read as a web address. */
export function mailHost(server: string): string {
  return hostOf(server.replace(/^smtps?:/, "http:"));
}
