import type { Estate } from "./estate";
import type { Subject } from "./observation";
import type { Probe } from "./probe";

type NameServer = Estate["dns"]["servers"][number];

/** The zone's own name servers. */
export function authoritativeOf({ dns }: Estate): NameServer[] {
  return dns.authoritative ?? dns.servers;
}

/** Those that remember answers: the resolvers named as such, and whatever else the vantages look the name up at. */
export function resolversOf(estate: Estate): NameServer[] {
  const { dns } = estate;
  const known = new Set(authoritativeOf(estate).map(placeOf));
  return [...(dns.resolvers ?? []), ...dns.servers].filter((one) => {
    const fresh = !known.has(placeOf(one));
    known.add(placeOf(one));
    return fresh;
  });
}

/** Whether anybody with authority answers; and, of several, who: each alone, since one that is dead hides behind the others. */
export function nameServerQuestions(estate: Estate): { of: Subject; probe: Probe }[] {
  const { hostname } = estate.service;
  const authoritative = authoritativeOf(estate);
  const each = (kind: "name-server" | "resolver", server: NameServer) => {
    const name = placeOf(server);
    return {
      of: { kind, name },
      probe: { id: `${kind} ${name}`, kind: "dns", hostname, dns: [server] },
    } satisfies { of: Subject; probe: Probe };
  };
  return [
    { of: { kind: "dns" }, probe: { id: "dns", kind: "dns", hostname, dns: authoritative } },
    ...(authoritative.length > 1 ? authoritative.map((one) => each("name-server", one)) : []),
    ...resolversOf(estate).map((one) => each("resolver", one)),
  ];
}

/** How a name server is called in sentences: by its address, and by its port where that is not DNS' own. */
function placeOf({ address, port }: NameServer): string {
  if (port === 53) return address;
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
