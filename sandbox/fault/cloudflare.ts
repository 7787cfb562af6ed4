import { hits, type Ways } from "./way";

export const cloudflareFaults = {
  "edge-down": {
    errors: () => hits([{ part: "edge", behaves: "errors" }]),
    dropped: () => hits([{ part: "edge", net: "dropped" }]),
  },
  "cloudflare-api-down": {
    errors: () => hits([{ part: "cloudflare-api", behaves: "errors" }]),
    dropped: () => hits([{ part: "cloudflare-api", net: "dropped" }]),
  },
} satisfies Ways;
