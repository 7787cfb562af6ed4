import type { Company } from "../company";
import { edge } from "../edge";
import type { App } from "../wire";
import { cloudflareApi } from "./api";

/** Cloudflare's API and its edge: what is written at one is what the other follows. */
export function cloudflareApps({ estate, secrets, records, breakage }: Company): { api: App; edge: App } {
  const behaves = (part: string) => () => breakage.condition(part).behaves;
  const token = () => secrets(estate.cloudflare.token);
  return {
    api: cloudflareApi(estate, token, records, behaves("cloudflare-api")),
    edge: edge(estate, () => records.all(), behaves("edge")),
  };
}
