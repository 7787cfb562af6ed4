import type { Estate } from "../shared/estate";
import { firstBalancer } from "./parts";
import type { TrueRecord } from "./types";

/** That provider's zone, in the words of the other one: the name alone, straight to the first balancer. */
export function breakGlassZone(estate: Estate): { estate: Estate; records: TrueRecord[] } | undefined {
  const name = estate.service.breakGlass?.hostname;
  if (name === undefined) return undefined;
  const { cloudflare } = estate;
  const content = firstBalancer(estate).address;
  return {
    estate: { ...estate, cloudflare: { ...cloudflare, zone: { ...cloudflare.zone, name } } },
    records: [{ id: "break-glass", type: "A", name, content, proxied: false, ttl: 60 }],
  };
}
