import { problem, type Problem } from "./config-problems";
import type { Estate } from "./estate";
import { isInside } from "./hosts";

/** A break-glass name that the same provider answers for fails together with what it is for. */
export function breakGlassChecks({ service, cloudflare, dns }: Estate): Problem[] {
  const { breakGlass } = service;
  if (breakGlass === undefined) return [];
  const path = ["service", "breakGlass"];
  const shared = breakGlass.servers.flatMap(({ address, port }, at) =>
    dns.servers.some((one) => one.address === address && one.port === port)
      ? [
          problem(
            [...path, "servers", at, "address"],
            `${address} port ${port}, as in dns.servers`,
            "name servers of another provider",
          ),
        ]
      : [],
  );
  if (!isInside(breakGlass.hostname, cloudflare.zone.name)) return shared;
  const hint = "It is for when nothing in that zone can be changed.";
  const is = `"${breakGlass.hostname}"`;
  return [
    ...shared,
    problem([...path, "hostname"], is, `a name outside the zone ${cloudflare.zone.name}`, hint),
  ];
}
