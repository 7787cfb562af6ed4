import { deadAddress } from "../parts";
import { hits, type Ways } from "./way";

export const dnsFaults = {
  "dns-unanswered": {
    dropped: () => hits([{ part: "dns", net: "dropped" }]),
    killed: () => hits([{ part: "dns", net: "refused" }]),
  },
  "dns-wrong-records": {
    typo: (estate) => ({ damages: [], record: { content: deadAddress(estate) } }),
    unproxied: (estate) => ({
      damages: [],
      record: { content: deadAddress(estate), proxied: false, ttl: 60 },
    }),
  },
} satisfies Ways;
