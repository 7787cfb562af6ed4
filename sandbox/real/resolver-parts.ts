import type { Company } from "../company";
import { resolverAnswer } from "../dns-answer";
import { RESOLVER_PATIENCE_MS } from "../resolver";
import { resolversFor } from "../resolvers";
import { runLater } from "../wire";
import { companyNetwork } from "./company-network";
import { dnsListener } from "./dns-listener";
import type { InProcess } from "./in-process";

/** The resolvers that customers use, on UDP and TCP. One that is dead has forgotten what it knew when it comes back. */
export function resolverParts(company: Company): [string, InProcess & { revive(): void }][] {
  return resolversFor(company).all.map(({ part, endpoint, resolver }) => {
    const network = companyNetwork(company, part);
    const listener = dnsListener(endpoint, (query) =>
      resolverAnswer(query, (name) => runLater(resolver.resolve(name, RESOLVER_PATIENCE_MS), network)),
    );
    return [
      part,
      {
        async apply({ net }) {
          if (net === "refused") resolver.forget();
          await listener.apply(net);
        },
        stop: () => listener.stop(),
        revive: () => resolver.forget(),
      },
    ];
  });
}
