import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";
import { familyOf } from "./hosts";

/** Whether each part has an address of its own, and one that a record can hold. */
export function addressChecks(estate: Estate): Problem[] {
  return [...addressesOnce(estate), ...oneFamily(estate)];
}

/** Two parts at one address and port are one part: handing over to the other would hand over to itself. */
function addressesOnce(estate: Estate): Problem[] {
  const seen = new Map<string, string>();
  const parts = ["balancers", "servers"] as const;
  return parts.flatMap((part) =>
    estate[part].flatMap(({ address, port, name }, at) => {
      const place = `${address} port ${port}`;
      const first = seen.get(place);
      seen.set(place, first ?? name);
      if (first === undefined) return [];
      return [problem([part, at, "address"], `${place}, as of ${first}`, "an address and port of its own")];
    }),
  );
}

/**
 * A record is changed in place and keeps its type, so that an IPv4 address can't take the place of an IPv6
 * one: the switch would be refused on the bad day. Servers count where shared/front-candidates.ts would lead
 * customers to them, which is at the service's own port.
 */
function oneFamily({ balancers, servers, service }: Estate): Problem[] {
  const fronts = [
    ...balancers.map(({ name, address }, at) => ({ path: ["balancers", at, "address"], name, address })),
    ...servers.flatMap(({ name, address, port }, at) =>
      port === service.port ? [{ path: ["servers", at, "address"], name, address }] : [],
    ),
  ];
  const [first] = fronts;
  if (first === undefined) return [];
  const family = familyOf(first.address);
  const hint =
    "The service's record leads to one or the other and keeps its type: A takes IPv4 addresses, AAAA IPv6.";
  return fronts.flatMap(({ path, address }) => {
    if (familyOf(address) === family) return [];
    const is = `${address}, which is ${familyOf(address)}`;
    return [problem(path, is, `an ${family} address, as ${first.name} has`, hint)];
  });
}
