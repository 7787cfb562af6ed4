import type { Estate } from "../../shared/estate";
import { shippedEstate } from "./estate";

/** A company with a name under another domain and provider, for the day when CloudFlare can't be changed. */
export function withBreakGlass(estate: Estate = shippedEstate()): Estate {
  const { service } = estate;
  const servers = [{ address: "127.77.0.54", port: 8053 }];
  return {
    ...estate,
    service: { ...service, breakGlass: { hostname: "shop.example.net", port: service.port, servers } },
  };
}
