import { authoritativeOf, resolversOf } from "../shared/name-servers";
import type { Company } from "./company";
import { resolverName, type Endpoint } from "./parts";
import { cachingResolver, type CachingResolver } from "./resolver";

/** The resolvers that customers use, each a part of its own with a cache of its own. */
export type Resolvers = {
  all: { part: string; endpoint: Endpoint; resolver: CachingResolver }[];
  /** Whoever is dead has forgotten everything when it comes back. */
  settle(): void;
  reset(): void;
};

export function resolversFor({ estate, clock, breakage }: Company): Resolvers {
  const all = resolversOf(estate).map((endpoint, index) => ({
    part: resolverName(index),
    endpoint,
    resolver: cachingResolver(authoritativeOf(estate), clock),
  }));
  return {
    all,
    settle() {
      for (const { part, resolver } of all) if (breakage.condition(part).net === "refused") resolver.forget();
    },
    reset() {
      for (const { resolver } of all) resolver.forget();
    },
  };
}
