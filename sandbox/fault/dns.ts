import type { Estate } from "../../shared/estate";
import { resolversOf } from "../../shared/name-servers";
import type { Damage } from "../condition";
import { deadAddress, resolverName, strangerAddress } from "../parts";
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
    /** Somebody else's machine, which answers 200 to everything. */
    stranger: (estate) => ({ damages: [], record: { content: strangerAddress(estate) } }),
  },
  /** One resolver of several: customers ask another, and nobody needs to act. */
  healthy: {
    "resolver-silent": (estate) => hits(firstResolver(estate, "dropped")),
    "resolver-dead": (estate) => hits(firstResolver(estate, "refused")),
  },
} satisfies Ways;

function firstResolver(estate: Estate, net: "dropped" | "refused"): Damage[] {
  return resolversOf(estate)
    .slice(0, 1)
    .map((_, index) => ({ part: resolverName(index), net }));
}
