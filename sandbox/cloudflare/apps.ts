import type { Company } from "../company";
import { edge } from "../edge";
import type { App } from "../wire";
import { cloudflareApi } from "./api";

/** Cloudflare's API and its edge: what is written at one is what the other follows. */
export function cloudflareApps(company: Company): { api: App; edge: App } {
  const { estate, secrets, records, zoneSettings, breakage } = company;
  const behaves = (part: string) => () => breakage.condition(part).behaves;
  const token = () => secrets(estate.cloudflare.token);
  return {
    api: cloudflareApi(estate, token, { records, settings: zoneSettings }, behaves("cloudflare-api")),
    edge: edge(
      estate,
      () => ({ records: records.all(), level: zoneSettings.securityLevel() }),
      behaves("edge"),
    ),
  };
}
