import { isIPv4 } from "node:net";
import { edgeOf } from "./parts";
import type { Estate } from "../shared/estate";
import type { TrueRecord } from "./types";

/** A proxied name's TTL is fixed, and 1 means automatic; both are 300 s to the world. */
const AUTOMATIC_TTL_S = 300;

export type Authoritative = { rcode: "NOERROR" | "NXDOMAIN" | "REFUSED"; addresses: string[]; ttl: number };

/** What the zone's own name servers say: a proxied name leads to the edge, another one to its content. */
export function authoritativeAnswer(
  estate: Estate,
  records: TrueRecord[],
  name: string,
  type: string,
): Authoritative {
  const asked = name.toLowerCase().replace(/\.$/, "");
  const zone = estate.cloudflare.zone.name;
  if (asked !== zone && !asked.endsWith(`.${zone}`)) return { rcode: "REFUSED", addresses: [], ttl: 0 };
  const named = records.filter((one) => one.name === asked);
  if (named.length === 0 && asked !== zone) return { rcode: "NXDOMAIN", addresses: [], ttl: 0 };
  // One proxied record makes the whole name proxied.
  if (named.some((one) => one.proxied)) {
    const { address } = edgeOf(estate);
    const fits = (isIPv4(address) ? "A" : "AAAA") === type;
    return { rcode: "NOERROR", addresses: fits ? [address] : [], ttl: AUTOMATIC_TTL_S };
  }
  const fitting = named.filter((one) => one.type === type);
  const ttls = fitting.map((one) => (one.ttl === 1 ? AUTOMATIC_TTL_S : one.ttl));
  return {
    rcode: "NOERROR",
    addresses: fitting.map((one) => one.content),
    ttl: ttls.length === 0 ? 0 : Math.min(...ttls),
  };
}
