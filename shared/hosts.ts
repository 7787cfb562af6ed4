/** Hosts of addresses, compared by one spelling. */

export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}

/** One spelling for each address: IPv6 has many. */
export function canonical(address: string): string {
  return hostOf(`http://${address.includes(":") ? `[${address}]` : address}`);
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
