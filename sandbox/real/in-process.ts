import type { Certificates } from "../certificates";
import type { Estate } from "../../shared/estate";
import { breakGlassZone } from "../break-glass";
import { cloudflareApps } from "../cloudflare/apps";
import type { Company } from "../company";
import type { Condition } from "../condition";
import { dnsAnswer } from "../dns-answer";
import { authoritativeOf } from "../../shared/name-servers";
import { BREAK_GLASS_DNS, edgeOf, endpointOf, strangerAddress, type Endpoint } from "../parts";
import { stranger } from "../stranger";
import type { TrueRecord } from "../types";
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
  const zone = () => ({ estate, records: records.all() });
  const other = breakGlassZone(estate);
  const { breakGlass } = estate.service;
  return [
    ["cloudflare-api", httpPart(company, "cloudflare-api", endpointOf(estate.cloudflare.api), apps.api)],
    ["edge", httpPart(company, "edge", edgeOf(estate), apps.edge, certificates.service)],
    ["dns", nameServers(authoritativeOf(estate), zone)],
    ...(other === undefined || breakGlass === undefined
      ? []
      : [[BREAK_GLASS_DNS, nameServers(breakGlass.servers, () => other)] satisfies [string, InProcess]]),
    ...resolverParts(company),
    ["stranger", strangerPart(company)],
  ];
}

function nameServers(
  endpoints: Endpoint[],
  zone: () => { estate: Estate; records: TrueRecord[] },
): InProcess {
  const listeners = endpoints.map((one) =>
    dnsListener(one, (query) => {
      const { estate, records } = zone();
      return dnsAnswer(estate, records, query);
    }),
  );
  return {
    apply: async ({ net }) => void (await Promise.all(listeners.map((one) => one.apply(net)))),
    stop: async () => void (await Promise.all(listeners.map((one) => one.stop()))),
  };
}

function strangerPart(company: Company): InProcess {
  const { estate } = company;
  const endpoint = { address: strangerAddress(estate), port: estate.service.port };
  return httpPart(company, "a stranger", endpoint, stranger);
}

export function httpPart(
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
