import type { Certificates } from "../certificates";
import { cloudflareApps } from "../cloudflare/apps";
import type { Company } from "../company";
import type { Condition } from "../condition";
import { dnsAnswer } from "../dns-answer";
import { authoritativeOf } from "../../shared/name-servers";
import { edgeOf, endpointOf, strangerAddress } from "../parts";
import { stranger } from "../stranger";
import { runLater, type App, type WireRequest } from "../wire";
import { dnsListener } from "./dns-listener";
import { httpListener } from "./http-listener";
import { companyNetwork } from "./company-network";
import { resolverParts } from "./resolver-parts";

/** A part that lives in the sandbox's own process. */
export type InProcess = { apply(condition: Condition): Promise<void>; stop(): Promise<void> };

/** Cloudflare's API, its edge, and the zone's name servers: they share the records. */
export function cloudflareParts(company: Company, certificates: Certificates): [string, InProcess][] {
  const { estate, records } = company;
  const apps = cloudflareApps(company);
  const nameServers = authoritativeOf(estate).map((one) =>
    dnsListener(one, (query) => dnsAnswer(estate, records.all(), query)),
  );
  return [
    ["cloudflare-api", httpPart(company, "cloudflare-api", endpointOf(estate.cloudflare.api), apps.api)],
    ["edge", httpPart(company, "edge", edgeOf(estate), apps.edge, certificates.service)],
    [
      "dns",
      {
        apply: async ({ net }) => void (await Promise.all(nameServers.map((one) => one.apply(net)))),
        stop: async () => void (await Promise.all(nameServers.map((one) => one.stop()))),
      },
    ],
    ...resolverParts(company),
    ["stranger", strangerPart(company)],
  ];
}

function strangerPart(company: Company): InProcess {
  const { estate } = company;
  const endpoint = { address: strangerAddress(estate), port: estate.service.port };
  return httpPart(company, "a stranger", endpoint, stranger);
}

function httpPart(
  company: Company,
  part: string,
  endpoint: { address: string; port: number },
  app: App,
  service?: Certificates["service"],
): InProcess {
  const network = companyNetwork(company, part, service?.ca);
  const answer = (request: WireRequest) => runLater(app(request), network);
  const listener = httpListener(endpoint, part, answer, () => service?.good);
  return { apply: ({ net }) => listener.apply(net), stop: () => listener.stop() };
}
