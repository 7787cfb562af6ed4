import { firstBalancer } from "../parts";
import { hits, type Ways } from "./way";

export const cloudflareFaults = {
  "edge-down": {
    errors: () => hits([{ part: "edge", behaves: "errors" }]),
    dropped: () => hits([{ part: "edge", net: "dropped" }]),
  },
  "edge-and-api-down": {
    errors: () =>
      hits([
        { part: "edge", behaves: "errors" },
        { part: "cloudflare-api", behaves: "errors" },
      ]),
    dropped: () =>
      hits([
        { part: "edge", net: "dropped" },
        { part: "cloudflare-api", net: "dropped" },
      ]),
  },
  "cloudflare-api-down": {
    errors: () => hits([{ part: "cloudflare-api", behaves: "errors" }]),
    dropped: () => hits([{ part: "cloudflare-api", net: "dropped" }]),
  },
  "edge-cannot-reach-origin": {
    /** The way between them is gone. */
    dropped: (estate) => hits([{ part: "edge", blindTo: [firstBalancer(estate).name] }]),
    /** The origin's firewall does not know the edge's addresses any more. */
    refused: (estate) => hits([{ part: firstBalancer(estate).name, rejects: ["edge"] }]),
  },
  "under-attack": {
    /** Through the edge, which can stop it. */
    flood: () => hits([{ part: "attackers", floods: "name" }]),
    /** Straight at the balancer, whose address they know: nothing at the edge helps. */
    direct: () => hits([{ part: "attackers", floods: "origin" }]),
  },
} satisfies Ways;
